import { spanRow, type SpanRow } from '../base/units.ts';
import type { RawSpan } from '../trace/rawSpan.ts';
import { isAnswering } from '../trace/spanSide.ts';

type Identified = Pick<RawSpan, 'spanId' | 'kind'>;

/** Turns the upper half of an answering span's id, which may be its caller's too, into another. */
const answering = 0x8000_0000;

/**
 * The ids of `spans` (16 hex digits each) as numbers, in their order, in a buffer of their own. Those of servers
 * and consumers are changed, so that the two sides of a call that share an id are told apart.
 */
export function spanIdColumn(spans: readonly Identified[]): BigUint64Array {
  const ids = new BigUint64Array(spans.length);
  const halves = new DataView(ids.buffer);
  let at = 0;
  for (const span of spans) {
    const { upper, lower } = halvesOf(span);
    halves.setUint32(at + (isLittleEndian ? 0 : 4), lower, isLittleEndian);
    halves.setUint32(at + (isLittleEndian ? 4 : 0), upper, isLittleEndian);
    at += ids.BYTES_PER_ELEMENT;
  }
  return ids;
}

/** What a span is told apart by, as `spanKey`; empty where its id isn't one. */
export function keyOfSpan(span: Identified): string {
  const { upper, lower } = halvesOf(span);
  const id = (BigInt(upper) << 32n) | BigInt(lower);
  return id === 0n ? '' : keyOf(id);
}

/** How this machine lays out numbers, and so a column. */
const isLittleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1;

/** 32 bits each, of the id as a number; both 0 where it is none. */
function halvesOf(span: Identified): { readonly upper: number; readonly lower: number } {
  const { spanId } = span;
  const { length } = spanId;
  let [upper, lower] = [0, 0];
  for (let index = 0; index < length; index++) {
    const digit = digitOf(spanId.charCodeAt(index));
    if (digit < 0 || length > 16) return { upper: 0, lower: 0 };
    if (index < length - 8) upper = upper * 16 + digit;
    else lower = lower * 16 + digit;
  }
  return { upper: isAnswering(span) && length > 0 ? (upper ^ answering) >>> 0 : upper, lower };
}

/** -1 for what is no hex digit. */
function digitOf(code: number): number {
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const lower = code | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

const keyOf = (id: bigint): string => id.toString(16).padStart(16, '0');

/** What a span is told apart by: its id in the column, or `#17` where ids are not known. */
export function spanKey(ids: BigUint64Array | undefined, row: SpanRow): string {
  const id = ids?.[row];
  return id === undefined || id === 0n ? `#${row}` : keyOf(id);
}

/** What a row is remembered by, unlike any other: as `spanKey`, with `~2` and on at later rows of one id. */
export function rowKey(ids: BigUint64Array | undefined, row: SpanRow): string {
  const ordinal = ids && laterRows(ids).get(row);
  return ordinal === undefined ? spanKey(ids, row) : `${spanKey(ids, row)}~${ordinal}`;
}

const laterRowsOf = new WeakMap<BigUint64Array, ReadonlyMap<number, number>>();

/** The rows whose id an earlier one has, with how many have it up to there. Worked out once for a column. */
function laterRows(ids: BigUint64Array): ReadonlyMap<number, number> {
  const known = laterRowsOf.get(ids);
  if (known) return known;
  const counts = new Map<bigint, number>();
  const sorted = ids.slice().sort();
  sorted.forEach((id, at) => {
    if (id !== 0n && id === sorted[at - 1]) counts.set(id, 0);
  });
  const later = new Map<number, number>();
  if (counts.size > 0)
    ids.forEach((id, row) => {
      const before = counts.get(id);
      if (before === undefined) return;
      counts.set(id, before + 1);
      if (before > 0) later.set(row, before + 1);
    });
  laterRowsOf.set(ids, later);
  return later;
}

/** The row of each of the keys, as `rowKey`, that is in this trace; others are left out. O(size). */
export function rowsOfKeys(
  ids: BigUint64Array | undefined,
  size: number,
  keys: readonly string[],
): ReadonlyMap<string, SpanRow> {
  const wanted = new Set(keys);
  const rows = new Map<string, SpanRow>();
  for (let row = 0; row < size && rows.size < wanted.size; row++) {
    const key = rowKey(ids, spanRow(row));
    if (wanted.has(key)) rows.set(key, spanRow(row));
  }
  return rows;
}
