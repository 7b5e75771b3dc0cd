import type { TraceShape } from '../trace.ts';
import { anywhere, isShown } from './askedAttributes.ts';
import type { AttributeCondition } from './attributeCondition.ts';
import type { FilterExpression, FilterTerm, LengthTerm, TextTerm } from './filterExpression.ts';
import { columnsOf, foundNames, type RowPlaces } from './rowNames.ts';

/** What a filter looks at besides a trace's columns. */
export interface FilterContext {
  readonly places: RowPlaces;
  /** One entry a row, 1 where the attribute is so: attributes themselves aren't where the page is. */
  readonly marks: (condition: AttributeCondition) => Uint8Array;
}

/** One entry a row: 1 where the span meets the expression. O(rows × terms). */
export function filterSpans(
  shape: TraceShape,
  expression: FilterExpression,
  context: FilterContext,
): Uint8Array {
  switch (expression.kind) {
    case 'term':
      return marksOf(shape, expression.term, context);
    case 'not': {
      const { part } = expression;
      return filterSpans(shape, part, context).map((mark) => 1 - mark);
    }
    default: {
      const [first, ...others] = expression.parts;
      if (!first) return new Uint8Array(shape.size);
      const marks = filterSpans(shape, first, context);
      for (const part of others) merge(marks, filterSpans(shape, part, context), expression.kind);
      return marks;
    }
  }
}

function merge(marks: Uint8Array, others: Uint8Array, kind: 'and' | 'or'): void {
  for (let row = 0; row < marks.length; row++) {
    const mark = marks[row] ?? 0;
    const other = others[row] ?? 0;
    marks[row] = kind === 'and' ? mark & other : mark | other;
  }
}

function marksOf(shape: TraceShape, term: FilterTerm, context: FilterContext): Uint8Array {
  const { columns, size } = shape;
  switch (term.field) {
    case 'text':
      return isShown(term, shape, context.places)
        ? named(term, shape, context)
        : context.marks(anywhere(term)).slice();
    case 'service':
    case 'operation':
    case 'code':
    case 'kind':
    case 'status':
      return named(term, shape, context);
    case 'critical':
      return marked(size, (row) => (columns.critical[row] === 1) === term.is);
    case 'mapped':
      return marked(size, (row) => (context.places.row[row] ?? -1) >= 0 === term.is);
    case 'duration':
      return marked(size, (row) => isOfLength(columns.duration[row] ?? 0, term));
    case 'selfTime':
      return marked(size, (row) => isOfLength(columns.selfTime[row] ?? 0, term));
    case 'attribute':
      return context.marks(term.condition).slice();
  }
}

function marked(size: number, isSo: (row: number) => boolean): Uint8Array {
  const marks = new Uint8Array(size);
  for (let row = 0; row < size; row++) if (isSo(row)) marks[row] = 1;
  return marks;
}

/** A little more than half of the last digit: what lies between two roundings is both. */
const roundingSlack = 1 + 1e-9;

function isOfLength(length: number, { comparison, than, tolerance }: LengthTerm): boolean {
  switch (comparison) {
    case '=':
      return Math.abs(length - than) <= tolerance * roundingSlack;
    case '>':
      return length > than;
    case '>=':
      return length >= than;
    case '<':
      return length < than;
    case '<=':
      return length <= than;
  }
}

function named(term: TextTerm, shape: TraceShape, { places }: FilterContext): Uint8Array {
  const marks = new Uint8Array(shape.size);
  for (const column of columnsOf(term, shape, places)) {
    const found = foundNames(term, column);
    if (found.includes(1)) markFound(marks, column.codes, found);
  }
  return marks;
}

function markFound(marks: Uint8Array, codes: ArrayLike<number>, found: Uint8Array): void {
  for (let row = 0; row < marks.length; row++) {
    const code = codes[row] ?? -1;
    if (code >= 0 && found[code] === 1) marks[row] = 1;
  }
}
