import { anyCase } from '../../base/anyCase.ts';
import { spanKinds, spanStatuses, type TraceShape } from '../trace.ts';
import type { TextTerm } from './filterExpression.ts';
import type { TextField } from './filterFields.ts';
import { oneLine } from './quotes.ts';

/** The short location of each row: `row[r]` is an index into `texts`, -1 where it has none. */
export interface RowPlaces {
  readonly texts: readonly string[];
  readonly row: Int32Array;
}

/** What rows are called in a field: the name of each row by its position, -1 for none. */
interface NamedColumn {
  readonly codes: Uint8Array | Uint32Array | Int32Array;
  /** Lists of names by the same position: a row is found by any of them. */
  readonly names: readonly (readonly string[])[];
}

/** The names that a term looks in. */
export function columnsOf(
  { field }: TextTerm,
  shape: TraceShape,
  places: RowPlaces,
): readonly NamedColumn[] {
  const shown = ['service', 'operation', 'code'] as const;
  return (field === 'text' ? shown : [field]).map((one) => columnOf(one, shape, places));
}

function columnOf(field: TextField, shape: TraceShape, places: RowPlaces): NamedColumn {
  const { columns } = shape;
  switch (field) {
    case 'service':
      return { codes: columns.service, names: [shape.services] };
    case 'operation':
      return { codes: columns.operation, names: [shape.operations, shape.operationNames] };
    case 'code':
      return { codes: places.row, names: [places.texts] };
    case 'kind':
      return { codes: columns.kind, names: [spanKinds] };
    case 'status':
      return { codes: columns.status, names: [spanStatuses] };
  }
}

/** By the positions of a column's names, 1 where one is what the term says: each is looked at once. */
export function foundNames(term: TextTerm, { names }: NamedColumn): Uint8Array {
  const isFound = nameTest(term);
  const found = new Uint8Array(Math.max(...names.map(({ length }) => length)));
  for (const list of names)
    list.forEach((name, code) => {
      if (found[code] === 0 && isFound(name)) found[code] = 1;
    });
  return found;
}

/** Whether a name is what a term says. */
export function nameTest({ text, fits }: TextTerm): (name: string) => boolean {
  switch (fits) {
    case 'part': {
      const wanted = anyCase(oneLine(text));
      return (name) => anyCase(oneLine(name)).includes(wanted);
    }
    case 'whole': {
      const wanted = anyCase(withoutQuotes(oneLine(text)));
      return (name) => anyCase(withoutQuotes(oneLine(name))) === wanted;
    }
    case 'letters': {
      const wanted = oneLine(text);
      return (name) => oneLine(name) === wanted;
    }
  }
}

const withoutQuotes = (text: string): string => text.replaceAll('"', '');
