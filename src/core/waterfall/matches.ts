import { formatCount } from '../base/format.ts';
import { message } from '../base/message.ts';
import { spanRow, type SpanRow } from '../base/units.ts';
import type { TraceShape } from '../trace/trace.ts';

/** Marks the matches and every ancestor of one: what "only matches" keeps. O(n). */
export function matchesWithAncestors(shape: TraceShape, matches: Uint8Array): Uint8Array {
  const { parent } = shape.columns;
  const kept = new Uint8Array(shape.size);
  for (let row = 0; row < shape.size; row++) {
    if (matches[row] !== 1) continue;
    for (let at = row; at >= 0 && kept[at] !== 1; at = parent[at] ?? -1) kept[at] = 1;
  }
  return kept;
}

export function countMatches(matches: Uint8Array): number {
  let count = 0;
  for (const match of matches) count += match;
  return count;
}

/** How many matches there are up to `row`, itself included: the "3" of "3 of 17". */
export function matchOrdinal(matches: Uint8Array, row: SpanRow): number {
  return countMatches(matches.subarray(0, row + 1));
}

/**
 * The next match after `from` (or the previous one before it), around the end; undefined when there is none.
 * Folds don't matter: the caller reveals the row.
 */
export function neighborMatch(
  matches: Uint8Array,
  from: SpanRow | undefined,
  direction: 1 | -1,
): SpanRow | undefined {
  const size = matches.length;
  const start = from ?? (direction === 1 ? -1 : size);
  for (let step = 1; step <= size; step++) {
    const row = (start + direction * step + size * 2) % size;
    if (matches[row] === 1) return spanRow(row);
  }
  return undefined;
}

/** One entry a span: 1 where it is in `rows`. */
export function markRows(shape: TraceShape, rows: readonly SpanRow[]): Uint8Array {
  const marked = new Uint8Array(shape.size);
  for (const row of rows) if (row >= 0 && row < shape.size) marked[row] = 1;
  return marked;
}

/** `17 of 214 spans match.` */
export const matchSummary = (count: number, size: number): string =>
  count === 0
    ? message('No matching spans.')
    : message('{0} of {1} spans match.', formatCount(count), formatCount(size));
