import { callRuns } from '../core/correlate/callRuns.ts';
import type { SpanMatch } from '../core/matching/match.ts';
import { isMatch } from '../core/matching/match.ts';
import type { Trace, TraceShape } from '../core/trace/trace.ts';
import { spanIdColumn } from '../core/waterfall/spanIds.ts';
import { confidences, type OpenedTrace } from '../protocol/waterfall.ts';
import type { KeptTrace } from './keptTraces.ts';

const confidenceCode = new Map(confidences.map((confidence, code) => [confidence, code]));

/** A kept trace as the page gets it: without spans, each match as its confidence only. */
export function openedTrace({ built, answer, matches }: KeptTrace): OpenedTrace {
  const { trace, problems, problemCount } = built;
  return {
    shape: shapeOf(trace),
    confidence: Uint8Array.from(matches, (match) => confidenceCode.get(match.confidence) ?? 0),
    repeats: repeatsOf(trace, matches),
    spanIds: spanIdColumn(trace.spans),
    places: placesOf(matches),
    problems,
    problemCount,
    notices: answer.complete ? [] : [answer.reason],
    dropped: answer.dropped,
    droppedCount: answer.droppedCount,
  };
}

function shapeOf({
  traceId,
  start,
  duration,
  size,
  services,
  operations,
  operationNames,
  columns,
}: Trace): TraceShape {
  return {
    traceId,
    start,
    duration,
    size,
    services,
    operations,
    operationNames,
    columns,
  };
}

/** File and line of each row, without folders. */
function placesOf(matches: readonly SpanMatch[]): { texts: string[]; row: Int32Array } {
  const indexes = new Map<string, number>();
  const row = Int32Array.from(matches, (match) => {
    if (!isMatch(match)) return -1;
    const { path, line } = match.location;
    const text = `${path.slice(path.lastIndexOf('/') + 1)}:${line}`;
    const index = indexes.get(text) ?? indexes.size;
    indexes.set(text, index);
    return index;
  });
  return { texts: [...indexes.keys()], row };
}

/** How often a row's request ran the row's call site; 0 below two. A query's own spans count with it, not again. */
function repeatsOf(trace: Trace, matches: readonly SpanMatch[]): Uint32Array {
  const repeats = new Uint32Array(trace.size);
  const ofOneCall = Map.groupBy(
    callRuns({ trace, matches }),
    ({ callId, request }) => `${request} ${callId}`,
  );
  for (const runs of ofOneCall.values()) {
    if (runs.length > 1) for (const { row } of runs) repeats[row] = runs.length;
  }
  return repeats;
}
