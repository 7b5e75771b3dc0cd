import { message } from '../../../core/base/message.ts';
import {
  elapsed,
  epochMicroseconds,
  microseconds,
  type Microseconds,
} from '../../../core/base/units.ts';
import type { Bounded, TraceQuery, TraceSummary } from '../../../core/ports.ts';
import { firstFound } from '../../search/foundTrace.ts';
import { matchTrace } from '../../search/matchTrace.ts';
import { idHex } from '../database/chunk.ts';
import type { Database } from '../database/database.ts';
import type { TraceRow } from '../ingest/traceRow.ts';
import type { Candidate } from './candidates.ts';
import { damagedSpans, SpanReader } from './spanReader.ts';

/** A trace found, with its row for those who read its spans. */
export interface FoundRow {
  readonly id: number;
  readonly summary: TraceSummary;
  readonly slowness: Microseconds;
}

export interface FoundRows extends Bounded {
  readonly rows: readonly FoundRow[];
}

/** Which of the candidates, handed in in the query's order, meet the query. */
export class RowSearch {
  readonly #query: TraceQuery;
  #rows: readonly FoundRow[] = [];
  #looked = 0;
  #bytesLeft: number;
  #isCut = false;
  /** Spans of damaged chunks. */
  #lost = 0;

  constructor(query: TraceQuery, maxBytes: number) {
    this.#query = query;
    this.#bytesLeft = maxBytes;
  }

  /** Whether neither this candidate nor one after it can be among those asked for. */
  isOver(next: Candidate): boolean {
    const last = this.#rows[this.#query.limit - 1];
    if (this.#isCut || last === undefined) return this.#isCut;
    return this.#query.order !== 'slowest' || last.slowness >= next.slowness;
  }

  look(database: Database, candidates: readonly Candidate[]): void {
    const reader = new SpanReader(database, this.#bytesLeft);
    const found: FoundRow[] = [];
    for (const candidate of candidates) {
      if (this.#isEnough(found.length)) break;
      const slowness = candidate.certain
        ? microseconds(candidate.slowness)
        : matchTrace(reader.spansOf(candidate.id, idHex(candidate.trace_id)), this.#query);
      if (reader.full) break;
      this.#looked += 1;
      if (slowness !== undefined) found.push(this.#rowOf(candidate, slowness));
    }
    this.#rows = firstFound([...this.#rows, ...found], this.#query);
    this.#bytesLeft = reader.bytesLeft;
    this.#isCut = reader.full;
    this.#lost += reader.lost;
  }

  found(): FoundRows {
    const reasons = [
      ...(this.#isCut ? [stoppedAfter(this.#looked)] : []),
      ...(this.#lost > 0 ? [damagedSpans(this.#lost)] : []),
    ];
    return { rows: this.#rows, complete: reasons.length === 0, reason: reasons.join(' ') };
  }

  #isEnough(more: number): boolean {
    const { order, limit } = this.#query;
    return order !== 'slowest' && this.#rows.length + more >= limit;
  }

  #rowOf(row: TraceRow, slowness: Microseconds): FoundRow {
    const selected = this.#query.operations !== undefined;
    return { id: row.id, slowness, summary: summaryOf(row, selected ? slowness : undefined) };
  }
}

const stoppedAfter = (count: number): string =>
  message(
    'Only {0} traces were searched. Shorten the time range, or select a service or operation.',
    count,
  );

function summaryOf(row: TraceRow, matched: Microseconds | undefined): TraceSummary {
  return {
    traceId: idHex(row.trace_id),
    rootService: row.root_service,
    rootOperation: row.root_operation,
    start: epochMicroseconds(row.start),
    duration: elapsed(epochMicroseconds(row.start), epochMicroseconds(row.finish)),
    spanCount: row.spans,
    errorCount: row.errors,
    services: (JSON.parse(row.services) as readonly string[]).toSorted(),
    matched,
  };
}
