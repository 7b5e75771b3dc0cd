import type { SpanRow } from '../../base/units.ts';
import { spanRow } from '../../base/units.ts';
import { spanKinds, spanStatuses, type TraceShape } from '../trace.ts';
import type { AttributeCondition } from './attributeCondition.ts';
import { unquote, type FilterTerm } from './parseSpanFilter.ts';

type RowTest = (row: number) => boolean;

/** What a filter looks at besides a trace's columns. */
export interface FilterContext {
  /** The short location of each row: `row[r]` is an index into `texts`, -1 where it has none. */
  readonly places: { readonly texts: readonly string[]; readonly row: Int32Array };
  /** One entry a row, 1 where the attribute is so: attributes themselves aren't where the page is. */
  readonly marks: (condition: AttributeCondition) => Uint8Array;
}

/** Rows for which every term holds, in row order; without terms all. O(rows × terms). */
export function filterSpans(
  shape: TraceShape,
  terms: readonly FilterTerm[],
  context: FilterContext,
): readonly SpanRow[] {
  const tests = terms.map((term) => {
    const test = testOf(shape, term, context);
    return term.negated ? (row: number) => !test(row) : test;
  });
  const rows: SpanRow[] = [];
  for (let row = 0; row < shape.size; row++) {
    if (tests.every((test) => test(row))) rows.push(spanRow(row));
  }
  return rows;
}

function testOf(shape: TraceShape, term: FilterTerm, context: FilterContext): RowTest {
  const { columns } = shape;
  switch (term.field) {
    case 'text': {
      const parts = [
        named(shape.services, columns.service, term),
        operationNamed(shape, term),
        named(context.places.texts, context.places.row, term),
      ];
      return (row) => parts.some((isIn) => isIn(row));
    }
    case 'service':
      return named(shape.services, columns.service, term);
    case 'operation':
      return operationNamed(shape, term);
    case 'code':
      return named(context.places.texts, context.places.row, term);
    case 'kind':
      return named(spanKinds, columns.kind, term);
    case 'status':
      return named(spanStatuses, columns.status, term);
    case 'critical':
      return (row) => columns.critical[row] === 1;
    case 'duration':
      return (row) => compares(columns.duration[row] ?? 0, term);
    case 'attribute': {
      const marks = context.marks(term.condition);
      return (row) => marks[row] === 1;
    }
  }
}

/** A little more than half of the last digit: what lies between two roundings is both. */
const roundingSlack = 1 + 1e-9;

function compares(duration: number, term: Extract<FilterTerm, { field: 'duration' }>): boolean {
  switch (term.comparison) {
    case '=':
      return Math.abs(duration - term.than) <= term.tolerance * roundingSlack;
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

/** By what rows are called, or what the spans themselves are. */
function operationNamed(
  { operations, operationNames, columns }: TraceShape,
  term: Extract<FilterTerm, { text: string }>,
): RowTest {
  const isLabelled = named(operations, columns.operation, term);
  const isCalled = named(operationNames, columns.operation, term);
  return (row) => isLabelled(row) || isCalled(row);
}

/** Looks each name up once, then rows by their code. */
function named(
  names: readonly string[],
  codes: Uint8Array | Uint32Array | Int32Array,
  { text, fits }: Extract<FilterTerm, { text: string }>,
): RowTest {
  const wanted = text.toLowerCase();
  const isFound = {
    part: (name: string) => name.toLowerCase().includes(wanted),
    whole: (name: string) => unquote(name).toLowerCase() === wanted,
    letters: (name: string) => unquote(name) === text,
  }[fits];
  const found = Uint8Array.from(names, (name) => (isFound(name) ? 1 : 0));
  return (row) => found[codes[row] ?? -1] === 1;
}
