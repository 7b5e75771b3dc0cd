import { microseconds, type Microseconds } from '../base/units.ts';
import { attributeOf, textAttribute } from '../trace/rawSpan.ts';
import type { Trace } from '../trace/trace.ts';
import { lower } from './ladder/confidence.ts';
import { isMatch, type Confidence, type SpanMatch } from './match.ts';
import { nearestRank } from './nearestRank.ts';

/** A sampled trace and the code of its rows. */
export interface MappedTrace {
  readonly trace: Trace;
  readonly matches: readonly SpanMatch[];
}

/** What sampled traces say of one Prisma call: from the spans that map to it. */
export interface CallSiteFigures {
  readonly calls: number;
  /** Requests (traces) with at least one call. */
  readonly requests: number;
  readonly maxPerRequest: number;
  readonly p50: Microseconds;
  readonly p95: Microseconds;
  readonly total: Microseconds;
  /** A statement it ran, as recorded on the span; undefined when none was. Hostile text. */
  readonly statement: string | undefined;
  /** The trace with the most calls. */
  readonly worstTraceId: string;
  readonly sampledTraces: number;
  /** Of the mapping of its spans: the lowest. */
  readonly confidence: Confidence;
}

interface Tally {
  readonly durations: number[];
  readonly perTrace: Map<string, number>;
  statement: string | undefined;
  confidence: Confidence;
}

/**
 * Figures by id of the Prisma call. Calls whose place is a mere guess (weak) are left out: a count that may
 * be another line's helps nobody.
 */
export function callSiteFigures(
  mapped: readonly MappedTrace[],
): ReadonlyMap<string, CallSiteFigures> {
  const tallies = new Map<string, Tally>();
  for (const { trace, matches } of mapped) {
    for (const [row, match] of matches.entries()) {
      if (!isMatch(match) || match.confidence === 'weak' || trace.spans[row]?.unended) continue;
      const { prismaCallId, confidence } = match;
      if (prismaCallId === undefined || isPartOfCall(row, prismaCallId, trace, matches)) continue;
      const tally = tallies.get(prismaCallId) ?? newTally(confidence);
      tallies.set(prismaCallId, tally);
      tally.durations.push(trace.columns.duration[row] ?? 0);
      tally.perTrace.set(trace.traceId, (tally.perTrace.get(trace.traceId) ?? 0) + 1);
      tally.statement ??= statementBelow(row, trace);
      tally.confidence = lower(tally.confidence, confidence);
    }
  }
  return new Map([...tallies].map(([id, tally]) => [id, figuresOf(tally, mapped.length)]));
}

const newTally = (confidence: Confidence): Tally => ({
  durations: [],
  perTrace: new Map(),
  statement: undefined,
  confidence,
});

/** A call's own queries are mapped to it as well, and aren't calls. */
function isPartOfCall(
  row: number,
  callId: string,
  { columns }: Trace,
  matches: readonly SpanMatch[],
): boolean {
  const above = matches[columns.parent[row] ?? -1];
  return above !== undefined && isMatch(above) && above.prismaCallId === callId;
}

const control = /^\s*(?:--|BEGIN|COMMIT|ROLLBACK|START TRANSACTION|SAVEPOINT|SET |DEALLOCATE)/i;

/**
 * A statement of the call's queries that isn't about the transaction: the first with the model's name, else
 * the first. A batch runs the queries of several calls below one of them: there only the name tells.
 */
function statementBelow(row: number, { spans, columns }: Trace): string | undefined {
  const model = textAttribute(spans[row]?.attributes ?? [], 'model')?.toLowerCase();
  const end = row + (columns.subtreeSize[row] ?? 1);
  let first: string | undefined;
  let isBatch = false;
  for (let below = row; below < end; below++) {
    const attributes = spans[below]?.attributes ?? [];
    const models = attributeOf(attributes, 'models');
    if (Array.isArray(models) && models.length > 1) isBatch = true;
    const statement = textAttribute(attributes, 'db.query.text', 'db.statement');
    if (statement === undefined || control.test(statement)) continue;
    if (model !== undefined && wordsOf(statement).includes(model)) return statement;
    first ??= statement;
  }
  return isBatch ? undefined : first;
}

/** An `OrderEvent` is no `Order`. */
const wordsOf = (statement: string) => statement.toLowerCase().split(/\W+/);

function figuresOf(tally: Tally, sampledTraces: number): CallSiteFigures {
  const durations = Float64Array.from(tally.durations).sort();
  let worstTraceId = '';
  let maxPerRequest = 0;
  for (const [traceId, calls] of tally.perTrace) {
    if (calls <= maxPerRequest) continue;
    maxPerRequest = calls;
    worstTraceId = traceId;
  }
  return {
    calls: durations.length,
    requests: tally.perTrace.size,
    maxPerRequest,
    p50: quantile(durations, 0.5),
    p95: quantile(durations, 0.95),
    total: microseconds(durations.reduce((total, one) => total + one, 0)),
    statement: tally.statement,
    worstTraceId,
    sampledTraces,
    confidence: tally.confidence,
  };
}

function quantile(sorted: Float64Array, q: number): Microseconds {
  return microseconds(sorted[nearestRank(q, sorted.length)] ?? 0);
}
