import { message } from '../core/base/message.ts';
import { SourceError } from '../core/base/sourceError.ts';
import { spanRow, type SpanRow } from '../core/base/units.ts';
import { timesByLine } from '../core/correlate/lines/timesByLine.ts';
import { exampleOf } from '../core/correlate/report/examples.ts';
import { recordedStacks, type RecordedStack } from '../core/matching/stack/recordedStacks.ts';
import { stackTexts } from '../core/matching/stack/stackTexts.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';
import { keyOfSpan } from '../core/waterfall/spanIds.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type { Correlation } from './correlation.ts';
import type { EngineParts } from './engineParts.ts';
import { attributesOfTrace } from './attributesOfTrace.ts';
import { keptTrace, mappedOf, type KeptTrace } from './keptTraces.ts';
import { readJoined } from './joinedTraces.ts';
import { linkedPeers, peersOf } from './linkedPeers.ts';
import { mappedTrace } from './mappedTrace.ts';
import type { EngineMethods, EngineSpanDetail } from './methods.ts';
import { openedTrace } from './openedTrace.ts';
import { linkedTraceKey } from './readTrace.ts';
import { rowsAt } from './rowsAt.ts';
import { linkedFrom, linksOf } from './spanLinks.ts';
import { spanAs } from './spanAs.ts';
import { rowsWithAttribute } from './rowsWithAttribute.ts';
import { methodAt, tracesThrough } from './tracesThrough.ts';

type TraceMethods = Pick<
  EngineMethods,
  | 'openTrace'
  | 'tracesInFile'
  | 'linkedTrace'
  | 'remapTrace'
  | 'spanDetail'
  | 'spanAs'
  | 'linkedPeers'
  | 'rowOfSpan'
  | 'rowsWithAttribute'
  | 'attributesOfTrace'
  | 'rowsAt'
  | 'traceTimes'
  | 'methodAt'
  | 'tracesThrough'
>;

/** One trace at a time: read, built, mapped and kept for the questions of its panel. */
export function traceMethods(parts: EngineParts): Handlers<TraceMethods> {
  const { correlation, files, traces, seenPaths } = parts;
  return {
    openTrace: async ({ traceId, joined = [] }, signal) => {
      const read = await readJoined(parts, traceId, joined, signal);
      const kept = mappedTrace(read, correlation);
      seenPaths.add(read.answer.spans);
      traces.keep(traceId, kept);
      return openedTrace(kept);
    },
    tracesInFile: ({ path }, signal) => files.list(path, signal),
    linkedTrace: async ({ from, traceId }, signal) => {
      const key = await linkedTraceKey(parts, from, traceId, signal);
      return { traceId: key };
    },
    remapTrace: ({ traceId }) => {
      const kept = traces.get(traceId);
      if (!kept) return undefined;
      const mapped = mappedTrace(kept, correlation);
      traces.keep(traceId, mapped);
      return openedTrace(mapped);
    },
    spanDetail: ({ traceId, row }) => spanDetail(keptTrace(traces, traceId), row, parts),
    spanAs: ({ traceId, row, format }) => spanAs(spanOf(keptTrace(traces, traceId), row), format),
    linkedPeers: async ({ traceId, row }, signal) => {
      const kept = keptTrace(traces, traceId);
      const peers = await linkedPeers({ traceId, kept }, row, parts, signal);
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
    attributesOfTrace: ({ traceId }, signal) =>
      attributesOfTrace(keptTrace(traces, traceId).built.trace.spans, signal),
    rowsAt: ({ traceId, path, line }) =>
      rowsAt(mappedOf(keptTrace(traces, traceId)), correlation.index, path, line),
    traceTimes: ({ traceId }) =>
      timesByLine(mappedOf(keptTrace(traces, traceId)))(correlation.index),
    methodAt: (at) => methodAt(at, correlation),
    tracesThrough: (params, signal) => tracesThrough(parts, params, signal),
  };
}

function spanDetail(
  kept: KeptTrace,
  row: SpanRow,
  { correlation, traces }: EngineParts,
): EngineSpanDetail {
  const span = spanOf(kept, row);
  const match = kept.matches[row];
  if (!match) throw noRow(row);
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
    links: linksOf(span, kept.built.trace),
    linkedFrom: linkedFrom(span, kept.built.trace, traces, correlation.links),
    warnings: span.warnings,
    match,
    stacks: stacksOf(span, kept, correlation),
    peers: peersOf(kept, row, correlation),
  };
}

function spanOf({ built }: KeptTrace, row: SpanRow): RawSpan {
  const span = built.trace.spans[row];
  if (!span) throw noRow(row);
  return span;
}

const noRow = (row: SpanRow) =>
  new SourceError('rejected', message('This trace has no row {0}.', row));

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
