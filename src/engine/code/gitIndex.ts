/**
 * The paths that a repository's index holds, with `/`, relative to its top.
 * @param index the content of `.git/index`, versions 2 to 4. What is no index, or ends early, gives what was read.
 * @see https://git-scm.com/docs/index-format
 */
export function* trackedPaths(index: Buffer): Generator<string> {
  if (index.length < headerLength || index.toString('latin1', 0, 4) !== 'DIRC') return;
  const version = index.readUInt32BE(4);
  if (version < 2 || version > 4) return;
  let at = headerLength;
  let bytes = '';
  for (let entries = index.readUInt32BE(8); entries > 0; entries -= 1) {
    if (at + flagsAt + 2 > index.length) return;
    const isExtended = (index.readUInt16BE(at + flagsAt) & extendedFlag) !== 0;
    const start = at + flagsAt + (isExtended ? 4 : 2);
    const [dropped, from] = version === 4 ? variableLength(index, start) : [0, start];
    const end = index.indexOf(0, from);
    if (end < 0) return;
    if (version === 4) {
      // Only what differs from the path before stands there.
      bytes =
        bytes.slice(0, Math.max(0, bytes.length - dropped)) + index.toString('latin1', from, end);
      if (bytes.length > mostPathBytes) return;
      yield Buffer.from(bytes, 'latin1').toString();
      at = end + 1;
    } else {
      yield index.toString('utf8', from, end);
      // 1 to 8 zeros fill an entry up to a multiple of 8.
      at += Math.ceil((end + 1 - at) / 8) * 8;
    }
  }
}

const headerLength = 12;
/** Of an entry: ten numbers of 4 bytes and a SHA-1 come first. */
const flagsAt = 60;
const extendedFlag = 0x4000;
/** More than any system takes; of an index that makes each path longer than the one before. */
const mostPathBytes = 4_096;

/** The number of a pack file's offset. @returns it, and where what follows starts. */
function variableLength(bytes: Buffer, from: number): readonly [number, number] {
  let at = from;
  let byte = bytes[at++] ?? 0;
  let value = byte & 0x7f;
  while (byte & 0x80) {
    byte = bytes[at++] ?? 0;
    value = (value + 1) * 128 + (byte & 0x7f);
  }
  return [value, at];
}
