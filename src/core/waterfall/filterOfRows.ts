import type { SpanRow } from '../base/units.ts';
import { filterSpans } from '../trace/filter/filterSpans.ts';
import { parseSpanFilter } from '../trace/filter/parseSpanFilter.ts';
import type { RowPlaces } from '../trace/filter/rowNames.ts';
import { withTerm } from '../trace/filter/withTerm.ts';
import type { TraceShape } from '../trace/trace.ts';
import { countMatches } from './matches.ts';

/** A filter of which only what it finds is shown. */
interface LeftSpans {
  readonly filter: string;
  /** One entry a span. */
  readonly matches: Uint8Array;
}

/**
 * The filter that finds these rows and no others; undefined where it would find more, such as spans whose other name is
 * that of the group, or those outside the time on screen. O(n).
 * @param term a condition on a row's names and place, no attribute
 * @param left what is shown now: the filter goes on from it where that is needed; undefined: no filter hides a span
 */
export function filterOfRows(
  { shape, places }: { readonly shape: TraceShape; readonly places: RowPlaces },
  rows: readonly SpanRow[],
  term: string,
  left: LeftSpans | undefined,
): string | undefined {
  const { expression } = parseSpanFilter(term);
  if (!expression) return undefined;
  const areFound = (marks: Uint8Array) =>
    countMatches(marks) === rows.length && rows.every((row) => marks[row] === 1);
  if (left && areFound(left.matches)) return left.filter;
  const found = filterSpans(shape, expression, {
    places,
    marks: () => new Uint8Array(shape.size),
  });
  if (areFound(found)) return term;
  if (!left) return undefined;
  found.forEach((mark, row) => (found[row] = mark & (left.matches[row] ?? 0)));
  return areFound(found) ? withTerm(left.filter, term) : undefined;
}
