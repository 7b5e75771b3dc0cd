import { callRuns } from '../core/correlate/calls/callRuns.ts';
import { handlerColumn } from '../core/correlate/calls/handlerColumn.ts';
import type { CodeLocation } from '../core/code/location.ts';
import type { MappedTrace } from '../core/matching/mappedTrace.ts';
import type { SpanMatch } from '../core/matching/match.ts';
import { isMatch } from '../core/matching/match.ts';
import { timeBelow } from '../core/trace/timeBelow.ts';
import type { Trace, TraceShape } from '../core/trace/trace.ts';
import { groupSiblings } from '../core/waterfall/groups.ts';
import { spanIdColumn } from '../core/waterfall/spanIds.ts';
import { confidences, type OpenedTrace } from '../protocol/waterfall.ts';
import { joinedTraces } from './joinedTraces.ts';
import type { KeptTrace } from './keptTraces.ts';

const confidenceCode = new Map(confidences.map((confidence, code) => [confidence, code]));

/** A kept trace as the page gets it: without spans, each match as its confidence only. */
export function openedTrace(kept: Omit<KeptTrace, 'evidence'>): OpenedTrace {
  const { built, answer } = kept;
  return {
    ...rowColumns({ trace: built.trace, matches: kept.matches }),
    problems: built.problems,
    problemCount: built.problemCount,
    notices: answer.complete ? [] : [answer.reason],
    dropped: answer.dropped,
    droppedCount: answer.droppedCount,
    tracesInFile: answer.tracesInFile,
    joined: joinedTraces(built, answer.joined ?? []),
  };
}

/** Of `OpenedTrace` what has a value a row. */
export function rowColumns(mapped: MappedTrace) {
  const { trace, matches } = mapped;
  const places = placesOf(matches);
  return {
    shape: shapeOf(trace),
    confidence: confidenceColumn(matches),
    ...repeatsOf(trace, matches),
    spanIds: spanIdColumn(trace.spans),
    places,
    handlers: handlerColumn(mapped),
    groups: groupSiblings(trace, places.row),
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

function confidenceColumn(matches: readonly SpanMatch[]): Uint8Array {
  const column = new Uint8Array(matches.length);
  let row = 0;
  for (const { confidence } of matches) column[row++] = confidenceCode.get(confidence) ?? 0;
  return column;
}

/** File and line of each row, without folders. */
function placesOf(matches: readonly SpanMatch[]): { texts: string[]; row: Int32Array } {
  const indexes = new Map<string, number>();
  const known = new Map<CodeLocation, number>();
  const column = new Int32Array(matches.length).fill(-1);
  for (const [row, match] of matches.entries()) {
    if (!isMatch(match)) continue;
    const { location } = match;
    let index = known.get(location);
    if (index === undefined) {
      const text = `${location.path.slice(location.path.lastIndexOf('/') + 1)}:${location.line}`;
      index = indexes.get(text) ?? indexes.size;
      indexes.set(text, index);
      known.set(location, index);
    }
    column[row] = index;
  }
  return { texts: [...indexes.keys()], row: column };
}

/** How often a row's request ran the row's call site, and what that costs; 0 below two. A query's own spans count with it, not again. */
function repeatsOf(
  trace: Trace,
  matches: readonly SpanMatch[],
): Pick<OpenedTrace, 'repeats' | 'repeatTime'> {
  const repeats = new Uint32Array(trace.size);
  const repeatTime = new Float64Array(trace.size);
  const timeOf = timeBelow(trace);
  const calls = new Map<string, number>();
  const ofOneCall = Map.groupBy(callRuns({ trace, matches }), ({ callId, request }) => {
    const call = calls.get(callId) ?? calls.size;
    calls.set(callId, call);
    return call * (trace.size + 1) + request + 1;
  });
  for (const runs of ofOneCall.values()) {
    if (runs.length < 2) continue;
    const time = runs.reduce((sum, { row }) => sum + timeOf(row), 0);
    for (const { row } of runs) {
      repeats[row] = runs.length;
      repeatTime[row] = time;
    }
  }
  return { repeats, repeatTime };
}
