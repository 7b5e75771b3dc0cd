import { filterSpans, type FilterContext } from '../../src/core/trace/filter/filterSpans.ts';
import { parseSpanFilter } from '../../src/core/trace/filter/parseSpanFilter.ts';
import { attributeTest } from '../../src/core/trace/filter/attributeCondition.ts';
import type { Trace } from '../../src/core/trace/trace.ts';

/** Rows that a filter finds, first to last; without places it looks as if no span were mapped. */
export function filteredRows(
  trace: Trace,
  query: string,
  places: FilterContext['places'] = { texts: [], row: new Int32Array(trace.size).fill(-1) },
): readonly number[] {
  const { expression } = parseSpanFilter(query);
  const rows = trace.spans.map((_, row) => row);
  if (!expression) return rows;
  const found = filterSpans(trace, expression, {
    places,
    marks: (condition) => {
      const test = attributeTest(condition);
      return Uint8Array.from(trace.spans, ({ attributes }) => (test(attributes) === true ? 1 : 0));
    },
  });
  return rows.filter((row) => found[row] === 1);
}
