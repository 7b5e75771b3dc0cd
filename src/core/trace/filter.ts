import { spanRow, type SpanRow } from '../base/units.ts';
import { parseSpanFilter, type FilterTerm } from './filterTerms.ts';
import { spanKinds, spanStatuses, type TraceShape } from './trace.ts';

type RowTest = (row: number) => boolean;

/**
 * Rows for which every term of `query` holds (see `parseSpanFilter`), in row order; an empty query matches
 * all. Looks at columns, services and operations only: attributes aren't where the page is.
 */
export function filterSpans(shape: TraceShape, query: string): readonly SpanRow[] {
  const tests = parseSpanFilter(query).map((term) => {
    const test = testOf(shape, term);
    return term.negated ? (row: number) => !test(row) : test;
  });
  const rows: SpanRow[] = [];
  for (let row = 0; row < shape.size; row++) {
    if (tests.every((test) => test(row))) rows.push(spanRow(row));
  }
  return rows;
}

function testOf(shape: TraceShape, term: FilterTerm): RowTest {
  const { columns } = shape;
  switch (term.field) {
    case 'text': {
      const inService = contains(shape.services, columns.service, term.text);
      const inOperation = contains(shape.operations, columns.operation, term.text);
      return (row) => inService(row) || inOperation(row);
    }
    case 'service':
      return contains(shape.services, columns.service, term.text);
    case 'operation':
      return contains(shape.operations, columns.operation, term.text);
    case 'kind':
      return contains(spanKinds, columns.kind, term.text);
    case 'status':
      return contains(spanStatuses, columns.status, term.text);
    case 'critical':
      return (row) => columns.critical[row] === 1;
    case 'duration':
      return (row) => compare(columns.duration[row] ?? 0, term);
  }
}

function compare(duration: number, term: Extract<FilterTerm, { field: 'duration' }>): boolean {
  switch (term.comparison) {
    case '>':
      return duration > term.than;
    case '>=':
      return duration >= term.than;
    case '<':
      return duration < term.than;
    case '<=':
      return duration <= term.than;
  }
}

/** Looks each name up once, then rows by their code. */
function contains(
  names: readonly string[],
  codes: Uint8Array | Uint32Array,
  text: string,
): RowTest {
  const wanted = text.toLowerCase();
  const found = Uint8Array.from(names, (name) => (name.toLowerCase().includes(wanted) ? 1 : 0));
  return (row) => found[codes[row] ?? 0] === 1;
}
