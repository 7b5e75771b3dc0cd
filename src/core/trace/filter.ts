import { spanRow, type SpanRow } from '../base/units.ts';
import { parseSpanFilter, unquote, type FilterTerm } from './filterTerms.ts';
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
      const inService = named(shape.services, columns.service, term);
      const inOperation = named(shape.operations, columns.operation, term);
      return (row) => inService(row) || inOperation(row);
    }
    case 'service':
      return named(shape.services, columns.service, term);
    case 'operation':
      return named(shape.operations, columns.operation, term);
    case 'kind':
      return named(spanKinds, columns.kind, term);
    case 'status':
      return named(spanStatuses, columns.status, term);
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
function named(
  names: readonly string[],
  codes: Uint8Array | Uint32Array,
  { text, exact }: { readonly text: string; readonly exact?: boolean },
): RowTest {
  const wanted = text.toLowerCase();
  const fits = (name: string) =>
    exact === true ? unquote(name) === text : name.toLowerCase().includes(wanted);
  const found = Uint8Array.from(names, (name) => (fits(name) ? 1 : 0));
  return (row) => found[codes[row] ?? 0] === 1;
}
