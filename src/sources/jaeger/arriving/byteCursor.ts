import { endOfValue } from './endOfValue.ts';
import { hashStart, hashWith, KnownTexts } from './knownTexts.ts';
import { isSame, wordsOf } from './sameBytes.ts';

const quote = 0x22;
const comma = 0x2c;
const zero = 0x30;
const nine = 0x39;
const closeObject = 0x7d;

/** 1 for what stands for itself in a text: ASCII without controls, quote and backslash. */
const isPlain = new Uint8Array(256);
for (let byte = 0x20; byte < 0x7f; byte++) isPlain[byte] = byte === quote || byte === 0x5c ? 0 : 1;

/** The largest exact integer has so many. */
const mostDigits = 16;

/** Text of ASCII, for `skip`. */
export const literal = (text: string): DataView =>
  wordsOf(new Uint8Array(Buffer.from(text, 'latin1')));

/** A place in the bytes of an answer, and what may come there. Where something else comes, it stays where it is. */
export class ByteCursor {
  readonly texts = new KnownTexts();
  bytes: Buffer = Buffer.alloc(0);
  words = wordsOf(this.bytes);
  at = 0;
  /** Lists, objects and commas so far. */
  values = 0;

  begin(bytes: Buffer, at: number): void {
    if (this.bytes !== bytes) {
      this.bytes = bytes;
      this.words = wordsOf(bytes);
    }
    this.at = at;
    this.values = 0;
  }

  get byte(): number {
    return this.bytes[this.at] ?? 0;
  }

  /** Goes on behind `wanted` where that is next. */
  skip(wanted: DataView): boolean {
    const length = wanted.byteLength;
    if (!isSame(this.words, this.at, wanted, 0, length)) return false;
    this.at += length;
    return true;
  }

  /** A plain text and its closing quote. */
  text(): string | undefined {
    const bytes = this.bytes;
    const start = this.at;
    let at = start;
    let hash = hashStart;
    let byte = bytes[at] ?? 0;
    while (isPlain[byte] === 1) {
      hash = hashWith(hash, byte);
      at += 1;
      byte = bytes[at] ?? 0;
    }
    if (byte !== quote) return undefined;
    this.at = at + 1;
    return this.texts.read(bytes, start, at, hash);
  }

  /** An exact one, with its end in sight. */
  integer(): number | undefined {
    const bytes = this.bytes;
    const start = this.at;
    let at = start;
    let value = 0;
    for (let byte = bytes[at] ?? 0; byte >= zero && byte <= nine; byte = bytes[at] ?? 0) {
      value = value * 10 + byte - zero;
      at += 1;
    }
    const length = at - start;
    const end = bytes[at];
    if (length === 0 || length > mostDigits || value > Number.MAX_SAFE_INTEGER) return undefined;
    if (length > 1 && bytes[start] === zero) return undefined;
    if (end !== comma && end !== closeObject) return undefined;
    this.at = at;
    return value;
  }

  /** Any value, by `JSON.parse`. */
  parsed(): { readonly value: unknown } | undefined {
    const found = endOfValue(this.bytes, this.at);
    if (found === undefined) return undefined;
    const value: unknown = JSON.parse(this.bytes.toString('utf8', this.at, found.end));
    this.at = found.end;
    this.values += found.values;
    return { value };
  }
}
