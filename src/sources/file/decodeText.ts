/**
 * The text that bytes stand for, without the mark that Windows' tools put first: UTF-8, or UTF-16 as PowerShell's `>`
 * writes it. Undefined when they are no text.
 */
export function decodeText(bytes: Buffer): string | undefined {
  const encoding = encodingOf(bytes);
  return encoding && new TextDecoder(encoding).decode(bytes);
}

/** Whether some of what is taken for UTF-8 is none; a last character that is cut is. */
export function isMisread(bytes: Buffer): boolean {
  if (encodingOf(bytes) !== 'utf-8') return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return false;
  } catch {
    return true;
  }
}

function encodingOf(bytes: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  // JSON begins with a character of ASCII, of which UTF-16 makes a zero and the character.
  if (isBracket(first) && second === 0) return 'utf-16le';
  if (first === 0 && isBracket(second)) return 'utf-16be';
  return bytes.subarray(0, looked).some(isControl) ? undefined : 'utf-8';
}

/** Bytes of a file without zeros or other control characters at its beginning that is taken for text. */
const looked = 1_000;

const isBracket = (byte: number | undefined): boolean => byte === 0x7b || byte === 0x5b;

/** Neither white space nor the mark of JSON text sequences. */
const isControl = (byte: number): boolean =>
  byte < 0x20 && !(byte >= 0x09 && byte <= 0x0d) && byte !== 0x1e;
