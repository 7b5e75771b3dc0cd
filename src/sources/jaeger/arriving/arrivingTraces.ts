import { randomUUID } from 'node:crypto';
import type { PieceLimits, PieceReader } from '../../http/answer.ts';
import { mostReadable } from '../../http/jsonAnswer.ts';
import { TooManyValues } from '../../json/layOut.ts';
import { parseJson } from '../../json/parseJson.ts';
import { ShapeError } from '../../json/shape.ts';
import { ArrivedBytes } from './arrivedBytes.ts';
import { endOfText, endOfValue } from './endOfValue.ts';
import { SpanBytes } from './spanBytes.ts';

/** The spans of one trace of an answer, in their order. */
export interface ArrivedSpans {
  /** Where `processIds` names one: a span without its resource; else a value for `readSpan`. */
  readonly entries: readonly unknown[];
  readonly processIds: readonly (string | undefined)[];
}

const quote = 0x22;
const comma = 0x2c;
const colon = 0x3a;
const openList = 0x5b;
const closeList = 0x5d;
const openObject = 0x7b;
const closeObject = 0x7d;

const isBlank = (byte: number): boolean =>
  byte === 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d;

const isFailure = (error: unknown): error is SyntaxError | TooManyValues | ShapeError =>
  error instanceof SyntaxError || error instanceof TooManyValues || error instanceof ShapeError;

/** Spans read between two looks at the clock. */
const spansPerCheck = 1_000;
/** A value that isn't all there yet is looked at again once there is so much more. */
const growth = 2;

/** Bytes around the spans: nothing that Jaeger says of a trace besides its spans comes near. */
const mostAround = 128_000_000;

/** In `data[…].spans`: list of traces in an object, trace, list. */
const spansDepth = 4;

/**
 * Reads the answer of `/api/traces…` while it arrives. Its spans are read one by one, as soon as each is there, and only
 * what is around them is kept as text: in place of each list of spans stands a name, by which `spansOf` has it.
 */
export class ArrivingTraces implements PieceReader {
  readonly #spanBytes = new SpanBytes();
  readonly #mark = `${randomUUID()} `;
  readonly #lists: { readonly entries: unknown[]; readonly processIds: (string | undefined)[] }[] =
    [];
  /** The text around the spans. */
  readonly #around: Buffer[] = [];
  /** What is there and isn't whole yet. */
  #rest = new ArrivedBytes();
  #least = 0;
  #length = 0;
  #values = 0;
  #failure: SyntaxError | TooManyValues | ShapeError | undefined;
  #aroundLength = 0;

  /** The outermost brackets around where it is, with the last key in each, and how many there are in all. */
  readonly #open = Array.from({ length: spansDepth }, () => ({ isList: false, key: '' }));
  #depth = 0;
  #text = '';
  #isAfterColon = false;
  /** In a list of spans; what may come next there. */
  #next: 'none' | 'first' | 'separator' | 'span' = 'none';

  #isInSpans(): boolean {
    return this.#next !== 'none';
  }

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  read(piece: Buffer, { maxBytes, checkTime }: PieceLimits): void {
    this.#length += piece.length;
    if (this.#failure) return;
    this.#rest.add(piece);
    if (this.#rest.length < this.#least) return;
    checkTime();
    try {
      this.#advance(checkTime);
      if (this.#values > mostReadable(maxBytes)) throw new TooManyValues();
    } catch (error) {
      if (!isFailure(error)) throw error;
      // What is still to come counts: it may be too large.
      this.#failure = error;
      this.#rest = new ArrivedBytes();
      this.#around.length = 0;
      this.#lists.length = 0;
    }
  }

  /**
   * The value of the whole text, without its spans.
   * @throws TooManyValues, SyntaxError, a ShapeError where it is no answer of traces, or what `checkTime` throws
   */
  end(mostValues: number, checkTime: () => void): unknown {
    if (this.#failure) throw this.#failure;
    this.#advance(checkTime);
    if (this.#isInSpans()) throw new SyntaxError('A bracket is missing.');
    if (this.#values > mostValues) throw new TooManyValues();
    const text = Buffer.concat([...this.#around, this.#rest.bytes()]).toString('utf8');
    return parseJson(text, { mostValues: mostValues - this.#values, checkTime });
  }

  /** The list that stood where `value` stands now; undefined: `value` is what was there. */
  spansOf(value: unknown): ArrivedSpans | undefined {
    if (!Array.isArray(value) || value.length !== 1) return undefined;
    const [name] = value as readonly unknown[];
    if (typeof name !== 'string' || !name.startsWith(this.#mark)) return undefined;
    return this.#lists[Number(name.slice(this.#mark.length))];
  }

  /** Reads what is there; keeps what isn't whole yet. */
  #advance(checkTime: () => void): void {
    const bytes = this.#rest.bytes();
    let at = 0;
    let kept = 0;
    for (;;) {
      if (this.#isInSpans()) {
        at = this.#readSpans(bytes, at, checkTime);
        kept = at;
        if (this.#isInSpans()) break;
      }
      at = this.#readAround(bytes, at);
      this.#keepAround(bytes.subarray(kept, at));
      kept = at;
      if (!this.#isInSpans()) break;
      this.#around.push(Buffer.from(`"${this.#mark}${String(this.#lists.length - 1)}"`));
    }
    this.#rest.drop(kept);
    this.#least = this.#rest.length * growth;
  }

  #keepAround(bytes: Buffer): void {
    this.#aroundLength += bytes.length;
    if (this.#aroundLength > mostAround) throw new ShapeError('answer', 'traces of spans');
    this.#around.push(Buffer.from(bytes));
  }

  /** Up to a list of spans, behind its bracket, or as far as whole texts go. */
  #readAround(bytes: Buffer, from: number): number {
    let at = from;
    while (at < bytes.length) {
      const byte = bytes[at];
      if (byte === quote) {
        const end = endOfText(bytes, at);
        if (end === 0) return at;
        this.#text = this.#isKey() ? bytes.toString('latin1', at + 1, end - 1) : '';
        this.#isAfterColon = false;
        at = end;
        continue;
      }
      at += 1;
      if (byte === colon) {
        const holder = this.#open[this.#depth - 1];
        if (holder) holder.key = this.#text;
        this.#isAfterColon = true;
      } else if (byte === openList || byte === openObject) {
        const opened = this.#open[this.#depth];
        if (opened) [opened.isList, opened.key] = [byte === openList, ''];
        this.#depth += 1;
        if (this.#isListOfSpans()) {
          this.#next = 'first';
          this.#lists.push({ entries: [], processIds: [] });
          return at;
        }
        this.#isAfterColon = false;
      } else if (byte === closeList || byte === closeObject) this.#depth -= 1;
      else if (byte === comma) this.#isAfterColon = false;
    }
    return at;
  }

  #isKey(): boolean {
    return this.#depth < spansDepth && !this.#isAfterColon;
  }

  #isListOfSpans(): boolean {
    if (this.#depth !== spansDepth || !this.#isAfterColon) return false;
    const [answer, data, trace, spans] = this.#open;
    const isInside = answer?.isList === false && data?.isList === true && trace?.isList === false;
    return isInside && spans?.isList === true && answer.key === 'data' && trace.key === 'spans';
  }

  /** Up to the list's end, before its bracket, or as far as whole spans go. */
  #readSpans(bytes: Buffer, from: number, checkTime: () => void): number {
    const list = this.#lists.at(-1);
    let at = from;
    while (list && at < bytes.length) {
      const byte = bytes[at] ?? 0;
      if (isBlank(byte)) at += 1;
      else if (this.#next === 'separator' || (this.#next === 'first' && byte === closeList)) {
        if (byte === closeList) {
          this.#next = 'none';
          this.#isAfterColon = false;
          return at;
        }
        if (byte !== comma) throw new SyntaxError('Something between two spans.');
        this.#values += 1;
        this.#next = 'span';
        at += 1;
      } else {
        const end = this.#readSpan(bytes, at, list);
        if (end === undefined) return at;
        at = end;
        this.#next = 'separator';
        if (list.entries.length % spansPerCheck === 0) checkTime();
      }
    }
    return at;
  }

  /** Behind the span; undefined: it isn't all there yet. */
  #readSpan(
    bytes: Buffer,
    at: number,
    list: { readonly entries: unknown[]; readonly processIds: (string | undefined)[] },
  ): number | undefined {
    const arrived = this.#spanBytes.read(bytes, at);
    if (arrived) {
      this.#values += arrived.values;
      list.entries.push(arrived.span);
      list.processIds.push(arrived.processId);
      return arrived.end;
    }
    const found = endOfValue(bytes, at);
    if (found === undefined) return undefined;
    this.#values += found.values;
    list.entries.push(JSON.parse(bytes.toString('utf8', at, found.end)));
    list.processIds.push(undefined);
    return found.end;
  }
}
