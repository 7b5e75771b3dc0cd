import { microseconds, type Microseconds } from '../../base/units.ts';
import { textAttribute } from '../../trace/rawSpan.ts';
import { isTransactionControl } from '../../trace/statementTarget.ts';
import type { Trace } from '../../trace/trace.ts';
import { callRuns } from './callRuns.ts';
import type { MappedTrace } from '../../matching/mappedTrace.ts';
import { lower } from '../../matching/confidence.ts';
import { callOf, isMatch, type Confidence } from '../../matching/match.ts';
import { nearestRank } from '../../base/nearestRank.ts';

/** What sampled traces say of one call: from the spans that map to it. */
export interface CallSiteFigures {
  readonly calls: number;
  /** Requests and messages with at least one call: a trace may hold many of one service; without any it is one itself. */
  readonly requests: number;
  readonly maxPerRequest: number;
  readonly p50: Microseconds;
  readonly p95: Microseconds;
  readonly total: Microseconds;
  /** A statement it ran, as recorded on the span; undefined when none was. Hostile text. */
  readonly statement: string | undefined;
  /** The trace of the request with the most calls. */
  readonly worstTraceId: string;
  readonly sampledTraces: number;
  /** Of the mapping of its spans: the lowest. */
  readonly confidence: Confidence;
}

interface Tally {
  readonly durations: number[];
  requests: number;
  maxPerRequest: number;
  worstTraceId: string;
  statement: string | undefined;
  confidence: Confidence;
}

/**
 * Figures by id of the call. Calls whose place is a mere guess (weak) are left out: a count that may
 * be another line's helps nobody.
 */
export function callSiteFigures(
  mapped: readonly MappedTrace[],
): ReadonlyMap<string, CallSiteFigures> {
  const tallies = new Map<string, Tally>();
  for (const one of mapped) {
    addRuns(one, tallies);
    addStatements(one, tallies);
  }
  return new Map([...tallies].map(([id, tally]) => [id, figuresOf(tally, mapped.length)]));
}

function addRuns(mapped: MappedTrace, tallies: Map<string, Tally>): void {
  const { trace, matches } = mapped;
  const perRequest = new Map<Tally, Map<number, number>>();
  for (const { row, callId, request } of callRuns(mapped)) {
    const match = matches[row];
    if (match === undefined || !isMatch(match) || match.confidence === 'weak') continue;
    if (trace.spans[row]?.unended) continue;
    const tally = tallies.get(callId) ?? newTally(match.confidence);
    tallies.set(callId, tally);
    tally.durations.push(trace.columns.duration[row] ?? 0);
    tally.confidence = lower(tally.confidence, match.confidence);
    const counts = perRequest.get(tally) ?? new Map<number, number>();
    perRequest.set(tally, counts);
    counts.set(request, (counts.get(request) ?? 0) + 1);
  }
  for (const [tally, counts] of perRequest) {
    tally.requests += counts.size;
    for (const calls of counts.values()) {
      if (calls <= tally.maxPerRequest) continue;
      tally.maxPerRequest = calls;
      tally.worstTraceId = trace.traceId;
    }
  }
}

const newTally = (confidence: Confidence): Tally => ({
  durations: [],
  requests: 0,
  maxPerRequest: 0,
  worstTraceId: '',
  statement: undefined,
  confidence,
});

/** Of each call the first statement that is mapped to it, of a transaction the first in it. */
function addStatements({ trace, matches }: MappedTrace, tallies: ReadonlyMap<string, Tally>): void {
  for (const [row, match] of matches.entries()) {
    const tally = tallies.get(callOf(match) ?? '');
    if (tally === undefined || tally.statement !== undefined) continue;
    tally.statement =
      trace.spans[row]?.name === 'prisma:client:transaction'
        ? statementWithin(row, trace)
        : statementOf(row, trace);
  }
}

function statementWithin(row: number, trace: Trace): string | undefined {
  const end = row + (trace.columns.subtreeSize[row] ?? 1);
  for (let below = row; below < end; below++) {
    const statement = statementOf(below, trace);
    if (statement !== undefined) return statement;
  }
  return undefined;
}

/** None about the transaction itself. */
function statementOf(row: number, { spans }: Trace): string | undefined {
  const { attributes = [] } = spans[row] ?? {};
  const statement = textAttribute(attributes, 'db.query.text', 'db.statement');
  return statement === undefined || isTransactionControl(statement) ? undefined : statement;
}

function figuresOf(tally: Tally, sampledTraces: number): CallSiteFigures {
  const durations = Float64Array.from(tally.durations).sort();
  const { requests, maxPerRequest, worstTraceId, statement, confidence } = tally;
  return {
    calls: durations.length,
    requests,
    maxPerRequest,
    p50: quantile(durations, 0.5),
    p95: quantile(durations, 0.95),
    total: microseconds(durations.reduce((total, one) => total + one, 0)),
    statement,
    worstTraceId,
    sampledTraces,
    confidence,
  };
}

function quantile(sorted: Float64Array, q: number): Microseconds {
  return microseconds(sorted[nearestRank(q, sorted.length)] ?? 0);
}
