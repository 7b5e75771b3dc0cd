import { message } from '../core/base/message.ts';
import { SourceError } from '../core/base/sourceError.ts';
import { spanRow, type SpanRow } from '../core/base/units.ts';
import { exampleOf } from '../core/correlate/report/examples.ts';
import { buildTrace } from '../core/trace/build.ts';
import { recordedStacks, type RecordedStack } from '../core/matching/stack/recordedStacks.ts';
import { stackTexts } from '../core/matching/stack/stackTexts.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';
import { keyOfSpan } from '../core/waterfall/spanIds.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type { Correlation } from './correlation.ts';
import type { EngineParts } from './engineParts.ts';
import type { KeptTrace, KeptTraces } from './keptTraces.ts';
import { linkedPeers, peersOf } from './linkedPeers.ts';
import { mappedTrace } from './mappedTrace.ts';
import type { EngineMethods, EngineSpanDetail } from './methods.ts';
import { openedTrace } from './openedTrace.ts';
import { rowsAt } from './rowsAt.ts';
import { rowsWithAttribute } from './rowsWithAttribute.ts';

type TraceMethods = Pick<
  EngineMethods,
  | 'openTrace'
  | 'remapTrace'
  | 'spanDetail'
  | 'linkedPeers'
  | 'rowOfSpan'
  | 'rowsWithAttribute'
  | 'rowsAt'
>;

/** One trace at a time: read, built, mapped and kept for the questions of its panel. */
export function traceMethods(parts: EngineParts): Handlers<TraceMethods> {
  const { sources, correlation, traces, seenPaths } = parts;
  return {
    openTrace: async ({ traceId }, signal) => {
      const answer = await sources.source.trace(traceId, signal);
      const kept = mappedTrace({ answer, built: buildTrace(answer.spans) }, correlation);
      seenPaths.add(answer.spans);
      traces.keep(traceId, kept);
      return openedTrace(kept);
    },
    remapTrace: ({ traceId }) => {
      const kept = traces.get(traceId);
      if (!kept) return undefined;
      const mapped = mappedTrace(kept, correlation);
      traces.keep(traceId, mapped);
      return openedTrace(mapped);
    },
    spanDetail: ({ traceId, row }) => spanDetail(keptTrace(traces, traceId), row, correlation),
    linkedPeers: async ({ traceId, row }, signal) => {
      const kept = keptTrace(traces, traceId);
      const peers = await linkedPeers(kept, row, parts, signal);
      traces.keep(traceId, kept);
      return peers;
    },
    rowOfSpan: ({ traceId, spanId, label }) => {
      const { trace } = keptTrace(traces, traceId).built;
      const rows = trace.spans.flatMap((span, row) => (span.spanId === spanId ? [row] : []));
      const row = rows.find((one) => exampleOf(trace, one).label === label) ?? rows[0];
      return row === undefined ? undefined : spanRow(row);
    },
    rowsWithAttribute: ({ traceId, condition }, signal) =>
      rowsWithAttribute(keptTrace(traces, traceId).built.trace.spans, condition, signal),
    rowsAt: ({ traceId, path, line }) =>
      rowsAt(keptTrace(traces, traceId).matches, correlation.index, path, line),
  };
}

function keptTrace(traces: KeptTraces, traceId: string): KeptTrace {
  const kept = traces.get(traceId);
  if (kept) return kept;
  throw new SourceError(
    'notFound',
    message('This trace is no longer loaded. Open it again.'),
    traceId,
  );
}

function spanDetail(kept: KeptTrace, row: SpanRow, correlation: Correlation): EngineSpanDetail {
  const { built, matches } = kept;
  const span = built.trace.spans[row];
  const match = matches[row];
  if (!span || !match)
    throw new SourceError('rejected', message('This trace has no row {0}.', row));
  return {
    row: spanRow(row),
    key: keyOfSpan(span),
    spanId: span.spanId,
    parentSpanId: span.parentSpanId,
    statusMessage: span.statusMessage,
    scope: span.scope,
    attributes: span.attributes,
    resource: span.resource.attributes,
    events: span.events,
    links: span.links,
    warnings: span.warnings,
    match,
    stacks: stacksOf(span, kept, correlation),
    peers: peersOf(kept, row, correlation),
  };
}

function stacksOf(
  span: RawSpan,
  { evidence }: KeptTrace,
  correlation: Correlation,
): readonly RecordedStack[] {
  const texts = stackTexts(span);
  if (texts.length === 0) return [];
  const paths = correlation.pathsOf(span.resource.service, evidence);
  return recordedStacks(texts, correlation.index, paths);
}
