import { onceEach } from '../../base/onceEach.ts';
import { microseconds, spanRow, type Microseconds, type SpanRow } from '../../base/units.ts';
import type { CodeLocation } from '../../code/location.ts';
import type { CodeIndex } from '../../code/model.ts';
import { isCallSpan } from '../../matching/calls/isCallSpan.ts';
import { lineKey, lookupsOf } from '../../matching/lookups.ts';
import type { MappedTrace } from '../../matching/mappedTrace.ts';
import { isMatch, type SpanMatch } from '../../matching/match.ts';
import { criticalPathLength } from '../../trace/mainRoot.ts';
import { timeBelow } from '../../trace/timeBelow.ts';
import { errorStatus } from '../../trace/trace.ts';

/** What one trace spent at a line of the code. */
export interface LineTime {
  readonly location: CodeLocation;
  /** Where the decorators of the handler there begin; undefined: no handler is there. */
  readonly handlerFrom: number | undefined;
  /** How often the line ran; 0 where only parts of a call (its wait for a connection) have spans. */
  readonly calls: number;
  /** Calls that failed. */
  readonly errors: number;
  /** Of the critical path: of those calls with everything below them, other lines included. */
  readonly total: Microseconds;
  /** Of the critical path: what is neither of another line below nor of one above. */
  readonly self: Microseconds;
  /** Of the spans that are mapped to the line; ascending. */
  readonly rows: readonly SpanRow[];
}

/** Where a trace spent its time, line by line. */
export interface TraceTimes {
  /** Of the critical path: no line has more, and the self times of all together don't either. */
  readonly whole: Microseconds;
  /** Those with the most self time first. */
  readonly lines: readonly LineTime[];
}

interface Tally {
  readonly location: CodeLocation;
  handlerFrom: number | undefined;
  calls: number;
  errors: number;
  total: number;
  self: number;
  readonly rows: SpanRow[];
  /** The first row after what `total` counts already: a line within itself counts once. */
  until: number;
}

/**
 * Each moment of the trace's critical path is the self time of one line at most: of the span whose own time it is, or of
 * the nearest one above it that has a line. A guess (weak) is no line. Worked out once for each mapping of a trace.
 */
export const timesByLine: (mapped: MappedTrace) => (index: CodeIndex) => TraceTimes = onceEach(
  (mapped) => onceEach((index) => readTimes(mapped, index)),
);

function readTimes({ trace, matches }: MappedTrace, index: CodeIndex): TraceTimes {
  const { parent, subtreeSize, criticalTime, status } = trace.columns;
  const { handlers } = lookupsOf(index);
  const tallies = new Map<string, Tally>();
  const lineOf: (Tally | undefined)[] = [];
  const timeOf = timeBelow(trace);
  for (const [row, span] of trace.spans.entries()) {
    const match = matches[row];
    const above = lineOf[parent[row] ?? -1];
    const own = tallyAt(match, tallies);
    const line = own ?? above;
    lineOf.push(line);
    if (line) line.self += criticalTime[row] ?? 0;
    if (!own || !match || !isMatch(match)) continue;
    own.rows.push(spanRow(row));
    const handler = handlers.get(match.handlerId ?? '');
    if (handler && lineKey(handler.location) === lineKey(own.location))
      own.handlerFrom = handler.firstLine;
    if (own !== above && (match.callId === undefined || isCallSpan(span, match))) {
      own.calls += 1;
      if (status[row] === errorStatus) own.errors += 1;
    }
    if (row < own.until) continue;
    own.until = row + (subtreeSize[row] ?? 1);
    own.total += timeOf(row);
  }
  const lines = [...tallies.values()]
    .map(({ location, handlerFrom, calls, errors, total, self, rows }) => ({
      location,
      handlerFrom,
      calls,
      errors,
      total: microseconds(total),
      self: microseconds(self),
      rows,
    }))
    .sort((a, b) => b.self - a.self);
  return { whole: criticalPathLength(trace.columns), lines };
}

function tallyAt(match: SpanMatch | undefined, tallies: Map<string, Tally>): Tally | undefined {
  if (!match || !isMatch(match) || match.confidence === 'weak') return undefined;
  const { location } = match;
  const key = lineKey(location);
  const known = tallies.get(key);
  if (known) return known;
  const tally = {
    location,
    handlerFrom: undefined,
    calls: 0,
    errors: 0,
    total: 0,
    self: 0,
    rows: [],
    until: 0,
  };
  tallies.set(key, tally);
  return tally;
}
