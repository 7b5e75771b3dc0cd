import { inParallel } from '../../search/inParallel.ts';
import { candidatesIn, type Candidate, type TargetIndexes } from './candidates.ts';
import { durationBuckets } from './durationBuckets.ts';
import type { Findings } from './findings.ts';
import type { SearchLimits } from './limits.ts';
import { spanKey, type IndexRow, type Slice } from './indexRows.ts';

const pageRows = 100;
const targetsAtOnce = 4;
/** Candidates handed on at once. */
const batch = 50;

export interface SlowestSearch {
  readonly indexes: readonly TargetIndexes[];
  readonly window: Slice;
  readonly limits: SearchLimits;
}

/**
 * Looks for the slowest traces: down the durations of all hours at once, past spans that don't have the tags.
 * @returns whether it came to an end
 */
export async function findSlowest(
  { indexes, window, limits }: SlowestSearch,
  findings: Findings,
  isLate: () => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const filters = await inParallel(indexes, targetsAtOnce, signal, (one, each) =>
    readFilter(one, window, limits, each),
  );
  if (filters.every(({ few }) => few !== undefined)) {
    return findings.take(
      filters.flatMap(({ few = [] }) => few),
      isLate,
      signal,
    );
  }
  const heads = await openHeads(filters, window, isLate, signal);
  try {
    for (;;) {
      const candidates = await takeLongest(heads, isLate);
      const [first] = candidates;
      if (first === undefined) return !isLate();
      if (findings.isSettled(first.duration ?? 0)) return true;
      if (!(await findings.take(candidates, isLate, signal))) return false;
    }
  } finally {
    for (const { rows } of heads) await rows.return();
  }
}

interface Filter {
  readonly indexes: TargetIndexes;
  /** All spans with the tags, where they are in few traces. */
  readonly few: readonly Candidate[] | undefined;
  /** The candidate, unless it is known not to have the tags. */
  readonly pass: (row: IndexRow) => Candidate | undefined;
}

async function readFilter(
  indexes: TargetIndexes,
  window: Slice,
  limits: SearchLimits,
  signal: AbortSignal,
): Promise<Filter> {
  const { tags } = indexes;
  if (tags.length === 0)
    return { indexes, few: undefined, pass: (row) => ({ ...row, unchecked: [] }) };
  const { candidates, knownFrom } = await candidatesIn(tags, window, limits.tagRows, signal);
  const isWhole = knownFrom === window.from;
  const isFew =
    isWhole && new Set(candidates.map(({ traceId }) => traceId)).size <= limits.fewTraces;
  const unchecked = new Map(candidates.map((one) => [spanKey(one), one.unchecked]));
  const pass = (row: IndexRow): Candidate | undefined => {
    if (row.start < knownFrom) return { ...row, unchecked: tags };
    const left = unchecked.get(spanKey(row));
    return left && { ...row, unchecked: left };
  };
  return { indexes, few: isFew ? candidates : undefined, pass };
}

interface Head {
  readonly rows: AsyncGenerator<IndexRow, void>;
  readonly pass: Filter['pass'];
  next: Candidate | undefined;
}

/** One for each hour of each target, at its longest span. */
async function openHeads(
  filters: readonly Filter[],
  window: Slice,
  isLate: () => boolean,
  signal: AbortSignal,
): Promise<readonly Head[]> {
  const heads = filters.flatMap(({ indexes, pass }) =>
    durationBuckets(window).map((bucket): Head => ({
      rows: indexes.durations.slowestFirst(bucket, signal, pageRows),
      pass,
      next: undefined,
    })),
  );
  await inParallel(heads, targetsAtOnce, signal, (head) => advance(head, isLate));
  return heads;
}

/** To the next candidate, however many spans don't pass before it; to the end where it gets late. */
async function advance(head: Head, isLate: () => boolean): Promise<void> {
  for (;;) {
    const { value, done } = await head.rows.next();
    head.next = done ? undefined : head.pass(value);
    if (done || head.next || isLate()) return;
  }
}

/** The longest of all heads, a batch at most, the longest first. */
async function takeLongest(
  heads: readonly Head[],
  isLate: () => boolean,
): Promise<readonly Candidate[]> {
  const taken: Candidate[] = [];
  while (taken.length < batch) {
    let longest: Head | undefined;
    for (const head of heads)
      if (head.next && (head.next.duration ?? 0) > (longest?.next?.duration ?? -Infinity))
        longest = head;
    if (longest?.next === undefined) break;
    taken.push(longest.next);
    await advance(longest, isLate);
  }
  return taken;
}
