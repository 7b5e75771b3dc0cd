import type { SpanEvent, SpanLink } from '../../../core/trace/rawSpan.ts';
import { ShapeError } from '../../json/shape.ts';
import { hexId } from '../fields.ts';
import { readReferences } from '../readReferences.ts';
import { readLogs, readWarnings, spanOf, type Unplaced } from '../readSpan.ts';
import { ByteCursor, literal } from './byteCursor.ts';
import { KnownIds } from './knownIds.ts';
import { wordsOf } from './sameBytes.ts';
import { TagBytes } from './tagBytes.ts';

const opening = literal('{"traceID":"');
const spanIdKey = literal(',"spanID":"');
const flagsKey = literal(',"flags":');
const nameKey = literal(',"operationName":"');
const referencesKey = literal(',"references":');
const childOf = literal('[{"refType":"CHILD_OF","traceID":"');
const endOfReferences = literal('"}]');
const emptyList = literal('[]');
const startKey = literal(',"startTime":');
const durationKey = literal(',"duration":');
const tagsKey = literal(',"tags":[');
const logsKey = literal(',"logs":');
const processKey = literal(',"processID":"');
const warningsKey = literal(',"warnings":');
const nullText = literal('null');

const quote = 0x22;
const closeObject = 0x7d;

const noSpan = '0'.repeat(16);
const noReferences = { parentSpanId: undefined, links: [] } as const;
const noLogs: readonly SpanEvent[] = [];
const noWarnings: readonly string[] = [];

/** A span whose process isn't known yet. */
export interface ArrivedSpan {
  readonly span: Unplaced;
  readonly processId: string;
  /** Behind it. */
  readonly end: number;
  /** Lists, objects and commas in it. */
  readonly values: number;
}

/**
 * Reads spans from the bytes of an answer as Jaeger itself writes them: fields in that order, no white space. What is
 * written in any other way isn't read here but by `readSpan`, which decides what is a span and what is wrong with it.
 */
export class SpanBytes {
  readonly #cursor = new ByteCursor();
  readonly #tags = new TagBytes(this.#cursor);
  readonly #ids = new KnownIds();
  #traceId = { bytes: literal(''), id: '' };

  /** The span that begins at `at`; undefined: for `readSpan`, or not all there yet. */
  read(bytes: Buffer, at: number): ArrivedSpan | undefined {
    this.#cursor.begin(bytes, at);
    try {
      return this.#span();
    } catch (error) {
      if (error instanceof ShapeError || error instanceof SyntaxError) return undefined;
      throw error;
    }
  }

  #span(): ArrivedSpan | undefined {
    if (!this.#cursor.skip(opening)) return undefined;
    const traceId = this.#readTraceId();
    if (traceId === undefined || !this.#cursor.skip(spanIdKey)) return undefined;
    const spanId = this.#id();
    if (spanId === undefined) return undefined;
    if (this.#cursor.skip(flagsKey)) {
      if (this.#cursor.integer() === undefined) return undefined;
      this.#cursor.values += 1;
    }
    if (!this.#cursor.skip(nameKey)) return undefined;
    const name = this.#cursor.text();
    const namePlace = this.#cursor.texts.place;
    if (name === undefined || !this.#cursor.skip(referencesKey)) return undefined;
    const references = this.#references(traceId);
    if (references === undefined || !this.#cursor.skip(startKey)) return undefined;
    const startTime = this.#cursor.integer();
    if (startTime === undefined || !this.#cursor.skip(durationKey)) return undefined;
    const duration = this.#cursor.integer();
    if (duration === undefined || !this.#cursor.skip(tagsKey)) return undefined;
    const told = this.#tags.read(namePlace);
    if (told === undefined || !this.#cursor.skip(logsKey)) return undefined;
    const events = this.#logs();
    if (events === undefined || !this.#cursor.skip(processKey)) return undefined;
    const processId = this.#cursor.text();
    if (processId === undefined || !this.#cursor.skip(warningsKey)) return undefined;
    const warnings = this.#warnings();
    if (warnings === undefined || this.#cursor.byte !== closeObject) return undefined;
    // The object, what separates its ten fields, and the list of tags.
    this.#cursor.values += 11;
    const span = spanOf({
      traceId,
      spanId,
      references,
      name,
      start: startTime,
      duration,
      told,
      events,
      warnings,
    });
    return { span, processId, end: this.#cursor.at + 1, values: this.#cursor.values };
  }

  /** That of the span before, nearly always. */
  #readTraceId(): string | undefined {
    const { bytes, id } = this.#traceId;
    if (id !== '' && this.#cursor.skip(bytes)) return id;
    const start = this.#cursor.at;
    const text = this.#cursor.text();
    if (text === undefined) return undefined;
    const own = {
      bytes: wordsOf(Uint8Array.from(this.#cursor.bytes.subarray(start, this.#cursor.at))),
      id: hexId(text, 32, ''),
    };
    this.#traceId = own;
    return own.id;
  }

  /** A span's id and its closing quote. */
  #id(): string | undefined {
    const id = this.#ids.read(this.#cursor.bytes, this.#cursor.at);
    if (id === undefined || this.#cursor.bytes[this.#cursor.at + id.length] !== quote)
      return undefined;
    this.#cursor.at += id.length + 1;
    return id;
  }

  #references(
    traceId: string,
  ):
    { readonly parentSpanId: string | undefined; readonly links: readonly SpanLink[] } | undefined {
    const start = this.#cursor.at;
    if (this.#cursor.skip(emptyList)) {
      this.#cursor.values += 1;
      return noReferences;
    }
    if (
      this.#cursor.skip(childOf) &&
      this.#cursor.skip(this.#traceId.bytes) &&
      this.#cursor.skip(spanIdKey)
    ) {
      const parentSpanId = this.#ids.read(this.#cursor.bytes, this.#cursor.at);
      if (parentSpanId !== undefined && parentSpanId !== noSpan) {
        this.#cursor.at += parentSpanId.length;
        if (this.#cursor.skip(endOfReferences)) {
          this.#cursor.values += 4;
          return { parentSpanId, links: noReferences.links };
        }
      }
    }
    this.#cursor.at = start;
    const references = this.#cursor.parsed();
    return references && readReferences({ references: references.value }, traceId, '');
  }

  #logs(): readonly SpanEvent[] | undefined {
    const logs = this.#listOrNone();
    return logs && (logs.value === undefined ? noLogs : readLogs(logs.value, ''));
  }

  #warnings(): readonly string[] | undefined {
    const warnings = this.#listOrNone();
    return (
      warnings && (warnings.value === undefined ? noWarnings : readWarnings(warnings.value, ''))
    );
  }

  /** A list, or none: then its value is undefined. */
  #listOrNone(): { readonly value: unknown } | undefined {
    if (this.#cursor.skip(nullText)) return { value: undefined };
    if (!this.#cursor.skip(emptyList)) return this.#cursor.parsed();
    this.#cursor.values += 1;
    return { value: undefined };
  }
}
