import { isSourceError } from '../../../core/base/sourceError.ts';
import { message } from '../../../core/base/message.ts';
import { inParallel } from '../../search/inParallel.ts';
import { candidatesIn, type TargetIndexes } from './candidates.ts';
import type { Findings } from './findings.ts';
import type { IndexPart, Slice, SpanIndex } from './indexRows.ts';
import type { SearchLimits } from './limits.ts';
import { startOfNewest, type RecentIndex } from './recentIndex.ts';

/** A slice of a millisecond isn't cut again. */
const shortest = 1_000;
const narrower = 8;
const targetsAtOnce = 4;
/** Rows of the newest traces looked at for each trace wanted: one has a row for each of its spans. */
const rowsPerTrace = 10;

export interface NewestSearch {
  readonly indexes: readonly TargetIndexes[];
  readonly window: Slice;
  readonly limit: number;
  readonly limits: SearchLimits;
  /** No duration is asked for. */
  readonly anyDuration: boolean;
}

/**
 * Looks for the newest traces, slice by slice back in time: in each at all that the indexes have there, so that
 * none is missed. @returns whether it came to an end: enough are found, or the window is over
 */
export async function findNewest(
  search: NewestSearch,
  findings: Findings,
  isLate: () => boolean,
  signal: AbortSignal,
): Promise<boolean> {
  const { window, limits } = search;
  let { to } = window;
  let width = to - window.from + 1;
  while (to >= window.from) {
    if (findings.isSettled(to)) return true;
    if (isLate()) return false;
    const cut = Math.max(window.from, to - width + 1);
    const slice = { from: Math.max(cut, await likelyStart(search, { from: cut, to }, signal)), to };
    const isShort = slice.to - slice.from < shortest;
    const most = isShort ? limits.crowdedRows : limits.rows;
    const { candidates, knownFrom } = await readSlice(search, slice, most, findings, signal);
    if (knownFrom > to) {
      if (isShort) return false;
      width = Math.max(1, Math.floor((slice.to - slice.from + 1) / narrower));
      continue;
    }
    if (!(await findings.take(candidates, isLate, signal))) return false;
    to = knownFrom - 1;
    width *= narrower;
  }
  return true;
}

/** All candidates of every target that start at or after the latest `knownFrom` of them. */
async function readSlice(
  { indexes, anyDuration }: NewestSearch,
  slice: Slice,
  most: number,
  findings: Findings,
  signal: AbortSignal,
) {
  const parts = await inParallel(indexes, targetsAtOnce, signal, (one, each) =>
    candidatesIn(indexesToRead(one, anyDuration, findings), slice, most, each),
  );
  const knownFrom = Math.max(...parts.map((part) => part.knownFrom));
  const candidates = parts.flatMap((part) => part.candidates);
  return { candidates: candidates.filter(({ start }) => start >= knownFrom), knownFrom };
}

function indexesToRead(
  { target, durations, all, tags, recent }: TargetIndexes,
  anyDuration: boolean,
  findings: Findings,
): readonly SpanIndex[] {
  if (!anyDuration) return [...tags, durations];
  if (tags.length === 0) return [withStandIn(all, recent, findings)];
  // Tags name every span they are on.
  return target.operation === undefined ? tags : [...tags, durations];
}

/** Where an hour of a service is too large to be searched for a few minutes of it. */
const withStandIn = (index: SpanIndex, recent: RecentIndex, findings: Findings): SpanIndex => ({
  has: (row, signal) => index.has(row, signal),
  read: async (slice, most, signal): Promise<IndexPart> => {
    try {
      return await index.read(slice, most, signal);
    } catch (error) {
      if (!isSourceError(error) || error.code !== 'timedOut') throw error;
      findings.because(
        message('Traces that start in the same microsecond as others may be missing.'),
      );
      return recent.read(slice, most, signal);
    }
  },
});

/** Where the newest traces begin, if nothing but a service or operation is asked for: not to read all that it has. */
async function likelyStart(
  { indexes, anyDuration, limit, limits }: NewestSearch,
  slice: Slice,
  signal: AbortSignal,
): Promise<number> {
  if (!anyDuration || indexes.some(({ tags }) => tags.length > 0)) return slice.from;
  const most = Math.min(limits.rows, (limit + 1) * rowsPerTrace);
  const parts = await inParallel(indexes, targetsAtOnce, signal, ({ recent }, each) =>
    recent.read(slice, most, each),
  );
  return parts.length === 0 ? slice.from : startOfNewest(parts, limit);
}
