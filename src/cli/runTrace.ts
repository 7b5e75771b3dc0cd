import { relative } from 'node:path';

import { formatCount, formatDuration } from '../core/base/format.ts';
import { message } from '../core/base/message.ts';
import { epochMicroseconds } from '../core/base/units.ts';
import { shortened } from '../core/base/visibleText.ts';
import type { OpenedTrace } from '../protocol/waterfall.ts';
import type { CommandLine } from './commandLine.ts';
import { foldRepeats, unfolded } from './foldRepeats.ts';
import { paintFor } from './paint.ts';
import { openSession, openSource, type Session, type Terminal } from './session.ts';
import { spanLines, type SpanLine } from './spanLines.ts';
import { cell } from './textColumns.ts';
import { jsonText } from './jsonText.ts';
import { waterfallText } from './waterfallText.ts';
import { windowBack } from './windowBack.ts';

type TraceCommand = Extract<CommandLine, { command: 'trace' | 'map' }>;

interface ShownTrace {
  readonly opened: OpenedTrace;
  readonly spans: readonly SpanLine[];
}

/** Prints a trace, or those of a file, as waterfalls. */
export async function runTrace(
  command: TraceCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  await withTraces(command, terminal, signal, (traces, left) => {
    if (command.json) terminal.out(jsonText({ traces: traces.map(asJson) }));
    else for (const trace of traces) print(trace, command.all, terminal);
    if (left > 0)
      terminal.err(
        message('{0} more traces in the file: --limit {1} shows them.', left, left + traces.length),
      );
  });
}

/** Prints where each span comes from, how sure that is, and why. */
export async function runMap(
  command: TraceCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  await withTraces(command, terminal, signal, (traces) => {
    const spans = traces.flatMap((trace) => trace.spans);
    if (command.json) terminal.out(jsonText({ spans: spans.map(spanJson) }));
    else for (const span of spans) terminal.out(mapText(span));
  });
}

async function withTraces(
  command: TraceCommand,
  terminal: Terminal,
  signal: AbortSignal,
  show: (traces: readonly ShownTrace[], left: number) => void,
): Promise<void> {
  const session = await openSession(command, terminal, signal);
  try {
    await openSource(session, command.source, terminal, signal);
    await session.engine.methods.checkSource({}, signal);
    // What the traces of a file ask for tells the folders of their services.
    if (command.traceId === undefined)
      await session.engine.methods.sampleCallSites(
        { window: windowBack(undefined), traces: sampledForFolders },
        signal,
      );
    const ids =
      command.traceId === undefined ? await allTraces(session, signal) : [command.traceId];
    const traces: ShownTrace[] = [];
    for (const traceId of ids.slice(0, command.limit)) {
      const opened = await session.engine.methods.openTrace({ traceId }, signal);
      const spans = await spanLines(session.engine.methods, opened, session.dir, signal);
      traces.push({ opened, spans });
    }
    show(traces, ids.length - traces.length);
    await hintAtMapping(session, terminal, signal);
  } finally {
    session.engine.dispose();
  }
}

/** Says which path mapping would help, where the traces tell. */
async function hintAtMapping(
  { engine, dir }: Session,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const found = await engine.methods.suggestPathMapping({ declined: [] }, signal);
  if (!found) return;
  const folder = relative(dir, found.to).replaceAll('\\', '/') || '.';
  terminal.err(
    message(
      '--path-mapping {0} maps {1} more spans.',
      cell(`'${found.from}=${folder}'`),
      formatCount(found.spans),
    ),
  );
}

const mostTraces = 100_000;
const sampledForFolders = 1_000;

/** The traces of a file, slowest first. */
async function allTraces({ engine }: Session, signal: AbortSignal): Promise<readonly string[]> {
  const { traces } = await engine.methods.search(
    {
      service: undefined,
      operation: undefined,
      minDuration: undefined,
      errorsOnly: false,
      window: { start: epochMicroseconds(0), end: epochMicroseconds(Number.MAX_SAFE_INTEGER) },
      limit: mostTraces,
      order: 'slowest',
    },
    signal,
  );
  return traces.map(({ traceId }) => traceId);
}

function print({ opened, spans }: ShownTrace, all: boolean, terminal: Terminal): void {
  const { traceId, duration, start, size } = opened.shape;
  const paint = paintFor(terminal.isTerminal, terminal.env);
  const began = new Date(start / 1_000);
  const when = Number.isNaN(began.getTime()) ? '' : ` · ${began.toISOString()}`;
  const services = opened.shape.services.map(cell).join(', ');
  terminal.out(
    paint('bold', `${traceId} · ${formatDuration(duration)} · ${spansText(size)}`) +
      ` · ${shortened(services, 100)}${when}`,
  );
  const lines = all ? unfolded(spans) : foldRepeats(spans);
  for (const line of waterfallText(lines, duration, paint)) terminal.out(line);
  for (const notice of opened.notices) terminal.out(paint('dim', cell(notice)));
  for (const line of problemLines(opened)) terminal.out(paint('dim', cell(line)));
  terminal.out('');
}

const spansText = (count: number) =>
  count === 1 ? message('1 span') : message('{0} spans', formatCount(count));

/** One of each kind, with how many there are. */
function problemLines({ problems }: OpenedTrace): readonly string[] {
  const kinds = Map.groupBy(problems, ({ kind }) => kind);
  return [...kinds.values()].map(([first, ...rest]) => {
    const text = first?.message ?? '';
    return rest.length === 0 ? text : `${text} ${message('({0} more of the kind)', rest.length)}`;
  });
}

function mapText({ operation, service, confidence, reason, location }: SpanLine): string {
  const where = location ? `${location.file}:${location.line} ${location.symbol}` : '-';
  return [confidence.padEnd(8), cell(operation), cell(service), cell(where), cell(reason)].join(
    '  ',
  );
}

function asJson({ opened, spans }: ShownTrace) {
  const { traceId, start, duration } = opened.shape;
  const problems = opened.problems.map(({ kind, message: text }) => ({ kind, message: text }));
  return {
    traceId,
    start,
    duration,
    notices: opened.notices,
    problems,
    spans: spans.map(spanJson),
  };
}

/** Nulls where there is nothing, so that each span has every key; times in µs. */
function spanJson(span: SpanLine) {
  const { traceId, spanId, depth, service, operation, start, duration, criticalTime } = span;
  const { error, confidence, reason, alternatives } = span;
  return {
    traceId,
    spanId,
    parentSpanId: span.parentSpanId ?? null,
    depth,
    service,
    operation,
    start,
    duration,
    criticalTime,
    error,
    confidence,
    reason,
    file: span.location?.file ?? null,
    line: span.location?.line ?? null,
    symbol: span.location?.symbol ?? null,
    alternatives,
  };
}
