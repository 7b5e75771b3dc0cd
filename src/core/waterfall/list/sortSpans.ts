import { errorStatus, type TraceShape } from '../../trace/trace.ts';

/** What the list can be sorted by, as its columns stand. */
export const listKeys = [
  'operation',
  'service',
  'start',
  'duration',
  'selfTime',
  'errors',
] as const;
export type ListKey = (typeof listKeys)[number];

export interface ListSort {
  readonly key: ListKey;
  readonly ascending: boolean;
}

/** The rows that are seen, in order; equal ones in the order of the trace. O(n log n). */
export function sortSpans(
  shape: TraceShape,
  seen: Uint8Array | undefined,
  { key, ascending }: ListSort,
): Uint32Array {
  const rows = new Uint32Array(shape.size);
  let count = 0;
  for (let row = 0; row < shape.size; row++) if (!seen || seen[row] === 1) rows[count++] = row;
  const values = valuesOf(shape, key);
  const sign = ascending ? 1 : -1;
  return rows
    .subarray(0, count)
    .sort((a, b) => sign * ((values[a] ?? 0) - (values[b] ?? 0)) || a - b);
}

/** A number for each row that sorts it: of names their place among all names. */
function valuesOf({ columns, services, operations }: TraceShape, key: ListKey): Float64Array {
  switch (key) {
    case 'operation':
      return ranked(operations, columns.operation);
    case 'service':
      return ranked(services, columns.service);
    case 'errors':
      return Float64Array.from(columns.status, (status) => (status === errorStatus ? 1 : 0));
    default:
      return columns[key];
  }
}

/** Equal names have equal places. */
function ranked(names: readonly string[], column: Uint32Array): Float64Array {
  const places = new Map([...new Set(names)].sort().map((name, place) => [name, place]));
  const placeOf = names.map((name) => places.get(name) ?? 0);
  return Float64Array.from(column, (name) => placeOf[name] ?? 0);
}
