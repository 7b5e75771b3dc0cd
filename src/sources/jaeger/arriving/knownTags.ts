import type { Attribute } from '../../../core/trace/rawSpan.ts';
import { places as textPlaces } from './knownTexts.ts';
import { hashOf, isSame, wordsOf } from './sameBytes.ts';

/** Bytes of a tag that is kept as it was written; longer ones are read each time. */
const longest = 256;
/** Tags that are kept: 0.5 MB. What comes to a place that is taken takes it over. */
const places = 1 << 11;

/** A tag between two places of an answer. */
interface WrittenTag {
  readonly bytes: Buffer;
  readonly words: DataView;
  readonly start: number;
  readonly end: number;
}

/**
 * Tags that come again and again, kept as they were written: one attribute for all spans. In a trace the same tags follow
 * one another, so that the next one is nearly always known by comparing it with what followed the one before.
 */
export class KnownTags {
  readonly #bytes = Buffer.alloc(places * longest);
  readonly #words = wordsOf(this.#bytes);
  /** 0: nothing to compare with is kept at that place. */
  readonly #lengths = new Uint16Array(places);
  /** Bytes before the value; 0: too many. */
  readonly #valueAt = new Uint16Array(places);
  readonly #types = new Array<string>(places).fill('');
  readonly #attributes = new Array<Attribute | undefined>(places).fill(undefined);
  /** Place of the tag that came after each, and of the one that came first after a name. */
  readonly #next = new Uint16Array(places);
  readonly #first = new Uint16Array(textPlaces);
  #name = 0;
  /** Of the tag before; -1 before the first, then the name counts. */
  #before = -1;
  #expected = 0;
  #hash = 0;

  /** @param name place of the name of the span whose tags come now */
  begin(name: number): void {
    this.#name = name;
    this.#before = -1;
    this.#hash = 0;
  }

  /** Of all tags since `begin`. */
  get hash(): number {
    return this.#hash ^ (this.#hash >>> 16);
  }

  /** Bytes of the tag at `at` where it is the expected one, which `attribute` has then; 0: another. */
  expected(words: DataView, at: number): number {
    const next = this.#before === -1 ? this.#first[this.#name] : this.#next[this.#before];
    this.#expected = next ?? 0;
    const length = this.#lengthAt(this.#expected, words, at);
    if (length > 0) this.#found(this.#expected);
    return length;
  }

  /** Of the tag that was found last. */
  get attribute(): Attribute | undefined {
    return this.#attributes[this.#before];
  }

  /** Bytes before the value of the tag at `at`, where it has key and type of the expected one; 0: others. */
  expectedKey(words: DataView, at: number): number {
    const length = this.#valueAt[this.#expected] ?? 0;
    return isSame(words, at, this.#words, this.#expected * longest, length) ? length : 0;
  }

  get keyOfExpected(): { readonly key: string; readonly type: string } {
    const key = this.#attributes[this.#expected]?.key ?? '';
    return { key, type: this.#types[this.#expected] ?? '' };
  }

  /** Whether a tag that wasn't expected is a kept one, which `attribute` has then. */
  find(words: DataView, start: number, end: number): boolean {
    const place = hashOf(words, start, end) & (places - 1);
    if (this.#lengthAt(place, words, start) !== end - start) return false;
    this.#goOn(place);
    return true;
  }

  /** Keeps a tag that `find` didn't know. */
  keep(
    { bytes, words, start, end }: WrittenTag,
    attribute: Attribute,
    type: string,
    valueAt: number,
  ): void {
    const place = hashOf(words, start, end) & (places - 1);
    const length = end - start;
    bytes.copy(this.#bytes, place * longest, start, Math.min(end, start + longest));
    this.#lengths[place] = length > longest ? 0 : length;
    this.#valueAt[place] = valueAt > longest ? 0 : valueAt;
    this.#types[place] = type;
    this.#attributes[place] = attribute;
    // After another value of the same key comes, most likely, what came last time.
    this.#next[place] = this.#next[this.#expected] ?? 0;
    this.#goOn(place);
  }

  #goOn(place: number): void {
    if (this.#before === -1) this.#first[this.#name] = place;
    else this.#next[this.#before] = place;
    this.#found(place);
  }

  #found(place: number): void {
    this.#before = place;
    this.#hash = Math.imul(this.#hash ^ place, 0x9e37_79b1);
  }

  /** Bytes of the tag kept at `place`, where it is the one at `at`; else 0. */
  #lengthAt(place: number, words: DataView, at: number): number {
    const length = this.#lengths[place] ?? 0;
    return isSame(words, at, this.#words, place * longest, length) ? length : 0;
  }
}
