import type { Attribute } from '../../../core/trace/rawSpan.ts';
import { typed } from '../readTags.ts';
import type { Told } from '../toldBy.ts';
import { literal, type ByteCursor } from './byteCursor.ts';
import { endOfText } from './endOfValue.ts';
import { KnownLists } from './knownLists.ts';
import { KnownTags } from './knownTags.ts';

const opening = literal('{"key":"');
const typeKey = literal(',"type":"');
const valueKey = literal(',"value":');

const quote = 0x22;
const comma = 0x2c;
const closeList = 0x5d;
const closeObject = 0x7d;

/** 1 for what numbers, `true`, `false` and `null` are written with. */
const isOfNumberOrWord = new Uint8Array(256);
for (const byte of Buffer.from('+-.0123456789Eaeflnrstu')) isOfNumberOrWord[byte] = 1;

/** Reads the tags of spans from the bytes of an answer; those that are known already by comparing them. */
export class TagBytes {
  readonly #cursor: ByteCursor;
  readonly #known = new KnownTags();
  readonly #lists = new KnownLists();
  /** The tags of the span that is read; behind them are others. */
  readonly #list: Attribute[] = [];

  constructor(cursor: ByteCursor) {
    this.#cursor = cursor;
  }

  /**
   * What the list of tags from here on says; undefined: for `readSpan`, or not all there yet.
   * @param name place of the span's name
   */
  read(name: number): Told | undefined {
    const tags = this.#list;
    let count = 0;
    this.#known.begin(name);
    if (this.#cursor.byte === closeList) {
      this.#cursor.at += 1;
      return this.#lists.toldBy(tags, 0, 0);
    }
    for (;;) {
      const length = this.#known.expected(this.#cursor.words, this.#cursor.at);
      this.#cursor.at += length;
      const tag = length > 0 ? this.#known.attribute : this.#tag();
      if (tag === undefined) return undefined;
      tags[count++] = tag;
      const next = this.#cursor.bytes[this.#cursor.at++];
      this.#cursor.values += 3;
      if (next === closeList) return this.#lists.toldBy(tags, count, this.#known.hash);
      if (next !== comma) return undefined;
      this.#cursor.values += 1;
    }
  }

  /** A tag that wasn't expected. */
  #tag(): Attribute | undefined {
    const start = this.#cursor.at;
    const tags = this.#known;
    const expected = tags.expectedKey(this.#cursor.words, start);
    this.#cursor.at += expected;
    const known = expected > 0 ? tags.keyOfExpected : this.#key();
    if (known === undefined) return undefined;
    const valueAt = this.#cursor.at;
    if (!this.#skipValue() || this.#cursor.byte !== closeObject) return undefined;
    const end = this.#cursor.at + 1;
    if (!tags.find(this.#cursor.words, start, end)) {
      const value = this.#valueAt(valueAt);
      if (value === undefined) return undefined;
      const { key, type } = known;
      const attribute = { key, value: type === 'string' ? value : typed(value, type) };
      tags.keep(
        { bytes: this.#cursor.bytes, words: this.#cursor.words, start, end },
        attribute,
        type,
        valueAt - start,
      );
    }
    this.#cursor.at = end;
    return tags.attribute;
  }

  /** Key and type of a tag, up to its value. */
  #key(): { readonly key: string; readonly type: string } | undefined {
    if (!this.#cursor.skip(opening)) return undefined;
    const key = this.#cursor.text();
    if (key === undefined || !this.#cursor.skip(typeKey)) return undefined;
    const type = this.#cursor.text();
    return type === undefined || !this.#cursor.skip(valueKey) ? undefined : { key, type };
  }

  /** Goes on behind a text, or as far as anything else than a list or an object may go. */
  #skipValue(): boolean {
    const bytes = this.#cursor.bytes;
    if (bytes[this.#cursor.at] === quote) {
      const end = endOfText(bytes, this.#cursor.at);
      if (end > 0) this.#cursor.at = end;
      return end > 0;
    }
    const start = this.#cursor.at;
    while (isOfNumberOrWord[bytes[this.#cursor.at] ?? 0] === 1) this.#cursor.at += 1;
    return this.#cursor.at > start;
  }

  /** The value that `#skipValue` went over. @throws SyntaxError where it is none */
  #valueAt(start: number): string | number | boolean | undefined {
    const end = this.#cursor.at;
    this.#cursor.at = start;
    if (this.#cursor.bytes[start] !== quote) {
      const value =
        this.#cursor.integer() ??
        (JSON.parse(this.#cursor.bytes.toString('latin1', start, end)) as unknown);
      return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
    }
    this.#cursor.at = start + 1;
    return (
      this.#cursor.text() ?? (JSON.parse(this.#cursor.bytes.toString('utf8', start, end)) as string)
    );
  }
}
