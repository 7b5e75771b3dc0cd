import { spanRow, type SpanRow } from '../base/units.ts';
import type { RawSpan } from '../trace/rawSpan.ts';
import { isAnswering } from '../trace/spanSide.ts';

type Identified = Pick<RawSpan, 'spanId' | 'kind'>;

/** Turns the id of an answering span, which may be its caller's too, into another. */
const answering = 1n << 63n;

/**
 * The ids of `spans` (16 hex digits each) as numbers, in their order, in a buffer of their own. Those of servers
 * and consumers are changed, so that the two sides of a call that share an id are told apart.
 */
export function spanIdColumn(spans: readonly Identified[]): BigUint64Array {
  const ids = new BigUint64Array(spans.length);
  spans.forEach((span, row) => (ids[row] = numberOf(span)));
  return ids;
}

/** What a span's row is remembered by, as `spanKey`; empty where its id isn't one. */
export function keyOfSpan(span: Identified): string {
  const id = numberOf(span);
  return id === 0n ? '' : keyOf(id);
}

function numberOf(span: Identified): bigint {
  const { spanId } = span;
  if (!/^[0-9a-f]{1,16}$/i.test(spanId)) return 0n;
  const id = BigInt(`0x${spanId}`);
  return isAnswering(span) ? id ^ answering : id;
}

const keyOf = (id: bigint): string => id.toString(16).padStart(16, '0');

/** What a row is remembered by: its id in the column, or `#17` where ids are not known. */
export function spanKey(ids: BigUint64Array | undefined, row: SpanRow): string {
  const id = ids?.[row];
  return id === undefined || id === 0n ? `#${row}` : keyOf(id);
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
