import type { DroppedSpans, TraceQuery } from '../../../core/ports.ts';
import { isSourceError } from '../../../core/base/sourceError.ts';
import { DroppedSpanList } from '../../droppedSpanList.ts';
import { findInTrace, firstFound, type FoundTrace } from '../../search/foundTrace.ts';
import { inParallel } from '../../search/inParallel.ts';
import type { CqlSession } from '../cql/session.ts';
import { readTrace } from '../readTrace.ts';
import type { Candidate } from './candidates.ts';

/** Traces read at once. */
const readersAtOnce = 4;

interface FindingsOptions {
  /** Of the traces found; otherwise they are let go with the line of each. */
  readonly keepSpans: boolean;
  readonly mostTraces: number;
}

/** The traces found so far: each candidate's whole trace is read and decides. */
export class Findings {
  readonly #cql: CqlSession;
  readonly #query: TraceQuery;
  readonly #options: FindingsOptions;
  readonly #seen = new Set<string>();
  readonly #reasons = new Set<string>();
  readonly #dropped = new DroppedSpanList();
  #best: FoundTrace[] = [];

  constructor(cql: CqlSession, query: TraceQuery, options: FindingsOptions) {
    this.#cql = cql;
    this.#query = query;
    this.#options = options;
  }

  get best(): readonly FoundTrace[] {
    return this.#best;
  }

  get reasons(): ReadonlySet<string> {
    return this.#reasons;
  }

  because(reason: string): void {
    this.#reasons.add(reason);
  }

  get dropped(): DroppedSpans {
    return this.#dropped.all();
  }

  /** As many traces were read as may be. */
  get #isSpent(): boolean {
    return this.#seen.size >= this.#options.mostTraces;
  }

  /** Whether no trace still to come can take the place of one found. @param rank of the best still to come */
  isSettled(rank: number): boolean {
    const last = this.#best[this.#query.limit - 1];
    return last !== undefined && rankOf(last, this.#query) >= rank;
  }

  /**
   * Looks at candidates in the query's order, until none that is left can be among the first.
   * @param isLate once it holds, no more are read
   * @returns whether that is so now
   */
  async take(
    candidates: readonly Candidate[],
    isLate: () => boolean,
    signal: AbortSignal,
  ): Promise<boolean> {
    const rank = (candidate: Candidate) => candidateRank(candidate, this.#query);
    const sorted = candidates.toSorted((a, b) => rank(b) - rank(a));
    for (let at = 0; ;) {
      const group = new Map<string, Candidate>();
      for (; group.size < readersAtOnce; at += 1) {
        const candidate = sorted[at];
        // Whether another one of a trace is of interest shows when the first was looked at.
        if (candidate === undefined || group.has(candidate.traceId)) break;
        if (!this.#seen.has(candidate.traceId)) group.set(candidate.traceId, candidate);
      }
      const [first] = group.values();
      if (first === undefined || this.isSettled(rank(first))) return true;
      if (isLate() || this.#isSpent) return false;
      await inParallel([...group.values()], readersAtOnce, signal, (candidate, each) =>
        this.#look(candidate, each),
      );
    }
  }

  async #look(candidate: Candidate, signal: AbortSignal): Promise<void> {
    for (const index of candidate.unchecked) if (!(await index.has(candidate, signal))) return;
    this.#seen.add(candidate.traceId);
    try {
      const { spans, ...dropped } = await readTrace(this.#cql, candidate.traceId, signal);
      this.#dropped.addAll(dropped, (position) => position);
      const found = findInTrace(spans, this.#query);
      if (found)
        this.#best = firstFound(
          [...this.#best, this.#options.keepSpans ? found : { ...found, spans: [] }],
          this.#query,
        );
    } catch (error) {
      if (!isSourceError(error) || error.code !== 'tooLarge') throw error;
      this.#reasons.add(error.message);
    }
  }
}

/** A trace starts no later than any of its spans, and its slowest match is no faster than any. */
const candidateRank = (
  { start, duration }: Pick<Candidate, 'start' | 'duration'>,
  { order }: Pick<TraceQuery, 'order'>,
): number => (order === 'slowest' ? Math.max(0, duration ?? Infinity) : start);

const rankOf = ({ summary, slowness }: FoundTrace, { order }: TraceQuery): number =>
  order === 'slowest' ? slowness : summary.start;
