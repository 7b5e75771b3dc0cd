import type { AttributeValue, Attributes, RawSpan, Resource } from '../rawSpan.ts';
import type { AttributeTest } from './attributeCondition.ts';

/**
 * Keys, and attributes of all spans together, at most: 8 bytes each. What has more, as a hostile trace or one of half a
 * million spans, has no index, and its spans are looked through.
 */
const most = { keys: 2_000, attributes: 4_000_000 };

/** Where an attribute was found: 1 at its rows, and whether any span has one of its name. */
export interface FoundAttribute {
  readonly marks: Uint8Array;
  readonly isKnown: boolean;
}

/**
 * The attributes of a trace's spans, of their events and resources: by key each different value once, so that a condition is
 * tried once for each, not for each span.
 */
export class AttributeIndex {
  readonly #keys = new Map<string, KeyColumn>();
  readonly #resources = new Map<Resource, number>();
  readonly #resourceOf: Uint32Array;
  #rows = 0;
  #attributes = 0;

  /** @param size rows that there will be */
  constructor(size: number) {
    this.#resourceOf = new Uint32Array(size);
  }

  /** The next row's span. */
  add({ attributes, events, resource }: RawSpan): void {
    const row = this.#rows++;
    let code = this.#resources.get(resource);
    if (code === undefined) this.#resources.set(resource, (code = this.#resources.size));
    this.#resourceOf[row] = code;
    this.#add(attributes, row);
    for (const event of events) this.#add(event.attributes, row);
  }

  /** It has all attributes of the spans; else it can't be asked. */
  get isWhole(): boolean {
    return this.#keys.size <= most.keys && this.#attributes <= most.attributes;
  }

  find(test: AttributeTest): FoundAttribute {
    const marks = new Uint8Array(this.#rows);
    let isKnown = false;
    for (const column of this.#keys.values()) if (column.mark(test, marks)) isKnown = true;
    const ofResources = [...this.#resources.keys()].map((one) => test(resourceAttributes(one)));
    if (ofResources.some((found) => found !== undefined)) isKnown = true;
    if (ofResources.includes(true))
      for (let row = 0; row < marks.length; row++)
        if (ofResources[this.#resourceOf[row] ?? 0] === true) marks[row] = 1;
    return { marks, isKnown };
  }

  #add(attributes: Attributes, row: number): void {
    for (const { key, value } of attributes) {
      if (!this.isWhole) return;
      let column = this.#keys.get(key);
      if (!column) this.#keys.set(key, (column = new KeyColumn(key)));
      column.add(row, value);
      this.#attributes += 1;
    }
  }
}

/** What conditions find of a resource. */
export const resourceAttributes = ({ service, attributes }: Resource): Attributes => [
  { key: 'service.name', value: service },
  ...attributes,
];

/** The values under one key, and the rows that have them. */
class KeyColumn {
  readonly #key: string;
  readonly #codes = new Map<AttributeValue, number>();
  /** Pairs of a row and its value's code. */
  #pairs = new Uint32Array(16);
  #length = 0;

  constructor(key: string) {
    this.#key = key;
  }

  add(row: number, value: AttributeValue): void {
    let code = this.#codes.get(value);
    if (code === undefined) this.#codes.set(value, (code = this.#codes.size));
    if (this.#length === this.#pairs.length) {
      const longer = new Uint32Array(this.#length * 2);
      longer.set(this.#pairs);
      this.#pairs = longer;
    }
    this.#pairs[this.#length++] = row;
    this.#pairs[this.#length++] = code;
  }

  /** Marks the rows with a value that is so. @returns whether the key is one that is meant */
  mark(test: AttributeTest, marks: Uint8Array): boolean {
    if (test([{ key: this.#key, value: '' }]) === undefined) return false;
    const isSo = new Uint8Array(this.#codes.size);
    for (const [value, code] of this.#codes)
      if (test([{ key: this.#key, value }]) === true) isSo[code] = 1;
    if (!isSo.includes(1)) return true;
    for (let at = 0; at < this.#length; at += 2)
      if (isSo[this.#pairs[at + 1] ?? 0] === 1) marks[this.#pairs[at] ?? 0] = 1;
    return true;
  }
}
