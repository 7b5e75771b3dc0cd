import { spanRow, type SpanRow } from '../base/units.ts';

/** The ids of `spans` (16 hex digits each) as numbers, in their order, in a buffer of their own. */
export function spanIdColumn(spans: readonly { readonly spanId: string }[]): BigUint64Array {
  const ids = new BigUint64Array(spans.length);
  spans.forEach(({ spanId }, row) => {
    if (/^[0-9a-f]{1,16}$/i.test(spanId)) ids[row] = BigInt(`0x${spanId}`);
  });
  return ids;
}

/** What a row is remembered by: its span id, or `#17` where ids are not known. */
export function spanKey(ids: BigUint64Array | undefined, row: SpanRow): string {
  const id = ids?.[row];
  return id === undefined || id === 0n ? `#${row}` : id.toString(16).padStart(16, '0');
}

/** The first row of each of the keys that is in this trace; others are left out. O(size). */
export function rowsOfKeys(
  ids: BigUint64Array | undefined,
  size: number,
  keys: readonly string[],
): ReadonlyMap<string, SpanRow> {
  const wanted = new Set(keys);
  const rows = new Map<string, SpanRow>();
  if (wanted.size === 0) return rows;
  for (let row = size - 1; row >= 0; row--) {
    const key = spanKey(ids, spanRow(row));
    if (wanted.has(key)) rows.set(key, spanRow(row));
  }
  return rows;
}
