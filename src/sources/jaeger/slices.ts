import {
  epochMicroseconds,
  microseconds,
  type EpochMicroseconds,
  type Microseconds,
} from '../../core/base/units.ts';
import { widestLimit } from './askTraces.ts';
import type { TracesQuestion } from './tracesQuestion.ts';

/** A part of a question that is asked at once. */
export interface Slice extends Pick<
  TracesQuestion,
  'window' | 'minDuration' | 'maxDuration' | 'limit'
> {
  /** Taken from another by the traces seen in it. */
  readonly isBySeen?: boolean;
}

/** A trace of an answer, as far as it tells where to go on. */
export interface SeenTrace {
  /** When the newest of its spans in the slice that were asked for begins; undefined where all are outside. */
  readonly newest: EpochMicroseconds | undefined;
  /** Of the longest span that was asked for. */
  readonly duration: Microseconds;
}

/** What came for a slice. */
export interface Page {
  readonly seen: readonly SeenTrace[];
  /** There may be more traces in the slice than these. */
  readonly more: boolean;
  /** How many traces were asked for; fewer than `slice.limit` where the answer would have been too large. */
  readonly limit: number;
}

/**
 * The parts of a slice of which only some traces came, newest last; none when it can't be taken apart. The order in
 * which a store answers isn't known: Cassandra's, asked for the newest 20, gives any of the newest 60. So which are
 * missing is only known of a slice that came whole.
 * @param limit of a part
 */
export function partsOf(slice: Slice, { seen, ...page }: Page, limit: number): readonly Slice[] {
  const starts = seen.flatMap(({ newest }) => newest ?? []).sort((a, b) => b - a);
  const isTimed = starts.length * 2 >= seen.length;
  const parts = (isTimed && byTime(slice, starts, page.limit < limit)) || byDuration(slice, seen);
  if (parts) return parts.map((part) => ({ ...part, limit }));
  return page.limit < widestLimit && page.limit >= slice.limit
    ? [{ ...slice, limit: Math.min(widestLimit, Math.max(limit, page.limit * 4)) }]
    : [];
}

/**
 * The times of the traces seen, and those before. Where more may be asked for than were, these times and a little
 * more are whole at the next answer of a store that gives the newest. Else the newer half of the traces seen should
 * be; where that was tried and not so, as of a store that gives the oldest, the newer half of the time.
 */
function byTime(
  { window, isBySeen = false, ...rest }: Slice,
  starts: readonly EpochMicroseconds[],
  isLimitRaised: boolean,
): readonly Slice[] | undefined {
  const at = starts[isLimitRaised ? starts.length - 1 : Math.floor(starts.length / 2)];
  if (at === undefined) return undefined;
  const middle = (window.start + window.end) / 2;
  const wanted = isLimitRaised ? at - (window.end - at) / 4 : isBySeen ? Math.max(at, middle) : at;
  const from = Math.max(Math.floor(wanted), window.start);
  if (from <= window.start) return isLimitRaised ? [{ window, ...rest }] : undefined;
  return [
    { ...rest, window: { start: window.start, end: epochMicroseconds(from - 1) } },
    {
      ...rest,
      window: { start: epochMicroseconds(from), end: window.end },
      isBySeen: !isLimitRaised && !isBySeen,
    },
  ];
}

/** Cassandra looks for durations in whole hours: shorter times get the same answer. */
function byDuration(slice: Slice, seen: readonly SeenTrace[]): readonly Slice[] | undefined {
  const { minDuration, maxDuration } = slice;
  if (minDuration === undefined && maxDuration === undefined) return undefined;
  const durations = seen.map(({ duration }) => duration).sort((a, b) => a - b);
  const median = durations[Math.floor(durations.length / 2)];
  if (median === undefined) return undefined;
  const at = microseconds(Math.ceil(median));
  if (at <= (minDuration ?? 0) || at >= (maxDuration ?? Infinity)) return undefined;
  return [
    { ...slice, maxDuration: at },
    { ...slice, minDuration: at },
  ];
}

/**
 * The newest part of a slice that should come whole, and what is before it.
 * @param density traces in a microsecond of the slice read before
 */
export function nearPart(slice: Slice, density: number): readonly Slice[] {
  const { start, end } = slice.window;
  const width = Math.ceil(slice.limit / 2 / density);
  if (!(width < end - start)) return [slice];
  const from = epochMicroseconds(Math.floor(end - width));
  return [
    { ...slice, window: { start, end: epochMicroseconds(from - 1) } },
    { ...slice, window: { start: from, end } },
  ];
}
