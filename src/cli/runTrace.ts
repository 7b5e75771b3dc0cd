import { spansText } from '../core/base/countText.ts';
import { shownPath } from './shownPath.ts';
import { formatCount, formatDuration } from '../core/base/format.ts';
import { message } from '../core/base/message.ts';
import { epochMicroseconds } from '../core/base/units.ts';
import { shortened } from '../core/base/visibleText.ts';
import type { DroppedSpans, TraceQuery } from '../core/ports.ts';
import type { OpenedTrace } from '../protocol/waterfall.ts';
import type { CommandLine } from './commandLine.ts';
import { droppedJson } from './droppedJson.ts';
import { foldRepeats, unfolded } from './foldRepeats.ts';
import { nothingRead } from './nothingRead.ts';
import { paintFor } from './paint.ts';
import { openSession, openSource, type Session, type Terminal } from './session.ts';
import { certaintyWord, spanLines, type SpanLine } from './spanLines.ts';
import { cell } from './textColumns.ts';
import { jsonText } from './jsonText.ts';
import { waterfallText } from './waterfallText.ts';
import { windowBack } from './windowBack.ts';

type TraceCommand = Extract<CommandLine, { command: 'trace' | 'map' }>;

interface ShownTrace {
  readonly opened: OpenedTrace;
  readonly spans: readonly SpanLine[];
}

interface ShownTraces extends DroppedSpans {
  readonly traces: readonly ShownTrace[];
  /** How many more the file has. */
  readonly left: number;
  /** Why these aren't all of their spans, as sentences. */
  readonly notices: readonly string[];
}

/** Prints a trace, or those of a file, as waterfalls. */
export async function runTrace(
  command: TraceCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  await withTraces(command, terminal, signal, ({ traces, left, notices, ...dropped }) => {
    if (command.json)
      terminal.out(jsonText({ traces: traces.map(asJson), dropped: droppedJson(dropped) }));
    else printAll(traces, notices, command.all, terminal);
    if (left > 0)
      terminal.err(
        message(
          '{0} more traces in the file. Use --limit {1} to show them.',
          left,
          left + traces.length,
        ),
      );
  });
}

/** Prints where each span comes from, how sure that is, and why. */
export async function runMap(
  command: TraceCommand,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  await withTraces(command, terminal, signal, ({ traces, notices, ...dropped }) => {
    const spans = traces.flatMap((trace) => trace.spans);
    if (command.json)
      terminal.out(jsonText({ spans: spans.map(spanJson), dropped: droppedJson(dropped) }));
    else for (const span of spans) terminal.out(mapText(span));
    if (spans.length > 0) for (const notice of notices) terminal.err(cell(notice));
  });
}

async function withTraces(
  command: TraceCommand,
  terminal: Terminal,
  signal: AbortSignal,
  show: (read: ShownTraces) => void,
): Promise<void> {
  const session = await openSession(command, terminal, signal);
  try {
    await openSource(session, command.source, terminal, signal);
    await session.engine.methods.checkSource({}, signal);
    const read =
      command.traceId === undefined
        ? await readFileTraces(session, command.limit, signal)
        : await readTrace(session, command.traceId, signal);
    show(read);
    if (read.traces.every(({ spans }) => spans.length === 0))
      throw nothingRead(command.source, read.notices.join(' '));
    await hintAtMapping(session, terminal, signal);
  } finally {
    session.engine.dispose();
  }
}

async function readTrace(
  session: Session,
  traceId: string,
  signal: AbortSignal,
): Promise<ShownTraces> {
  const trace = await shownTrace(session, traceId, signal);
  const { notices, dropped, droppedCount } = trace.opened;
  return { traces: [trace], left: 0, notices, dropped, droppedCount };
}

/** The traces of a file, slowest first. */
async function readFileTraces(
  session: Session,
  limit: number,
  signal: AbortSignal,
): Promise<ShownTraces> {
  const { methods } = session.engine;
  // What they ask for tells the folders of their services.
  await methods.sampleCallSites(
    { window: windowBack(undefined), traces: sampledForFolders },
    signal,
  );
  const found = await methods.search(everyTrace, signal);
  const traces: ShownTrace[] = [];
  for (const { traceId } of found.traces.slice(0, limit))
    traces.push(await shownTrace(session, traceId, signal));
  const { dropped, droppedCount, complete, reason } = found;
  const left = found.traces.length - traces.length;
  return { traces, left, notices: complete ? [] : [reason], dropped, droppedCount };
}

async function shownTrace(
  { engine, dir }: Session,
  traceId: string,
  signal: AbortSignal,
): Promise<ShownTrace> {
  const opened = await engine.methods.openTrace({ traceId }, signal);
  return { opened, spans: await spanLines(engine.methods, opened, dir, signal) };
}

/** Says which path mapping would help, where the traces tell. */
async function hintAtMapping(
  { engine, dir }: Session,
  terminal: Terminal,
  signal: AbortSignal,
): Promise<void> {
  const found = await engine.methods.suggestPathMapping({ declined: [] }, signal);
  if (!found) return;
  const folder = shownPath(dir, found.to) || '.';
  terminal.err(
    message(
      'Use --path-mapping {0} to map {1} more spans.',
      cell(`'${found.from}=${folder}'`),
      formatCount(found.spans),
    ),
  );
}

const sampledForFolders = 1_000;

const everyTrace: TraceQuery = {
  service: undefined,
  operation: undefined,
  minDuration: undefined,
  errorsOnly: false,
  window: {
    start: epochMicroseconds(Number.MIN_SAFE_INTEGER),
    end: epochMicroseconds(Number.MAX_SAFE_INTEGER),
  },
  limit: 100_000,
  order: 'slowest',
};

/** What is said of several traces, such as that their file is damaged, is said once, below them. */
function printAll(
  traces: readonly ShownTrace[],
  notices: readonly string[],
  all: boolean,
  terminal: Terminal,
): void {
  const paint = paintFor(terminal.isTerminal, terminal.env);
  for (const trace of traces) print(trace, all, terminal);
  if (traces.some(({ spans }) => spans.length > 0))
    for (const notice of notices) terminal.out(paint('dim', cell(notice)));
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
  for (const line of problemLines(opened)) terminal.out(paint('dim', cell(line)));
  terminal.out('');
}

/** One of each kind, with how many there are: of each, or together where not all are kept. */
function problemLines({ problems, problemCount }: OpenedTrace): readonly string[] {
  const kinds = [...Map.groupBy(problems, ({ kind }) => kind).values()];
  const isCounted = problemCount === problems.length;
  const lines = kinds.map(([first, ...rest]) => {
    const text = first?.message ?? '';
    return rest.length === 0 || !isCounted
      ? text
      : `${text} ${message('({0} more like this)', formatCount(rest.length))}`;
  });
  return isCounted
    ? lines
    : [...lines, message('{0} problems in this trace', formatCount(problemCount))];
}

function mapText(span: SpanLine): string {
  const { operation, service, reason, location } = span;
  const where = location ? `${location.file}:${location.line} ${location.symbol}` : '-';
  return [
    certaintyWord(span).padEnd(11),
    cell(operation),
    cell(service),
    cell(where),
    cell(reason),
  ].join('  ');
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
  const { error, confidence, inside, reason, alternatives } = span;
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
    inside,
    reason,
    file: span.location?.file ?? null,
    line: span.location?.line ?? null,
    symbol: span.location?.symbol ?? null,
    alternatives,
  };
}
