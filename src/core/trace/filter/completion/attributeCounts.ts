import type { AttributeValue, Attributes, RawSpan, Resource } from '../../rawSpan.ts';
import { byCount, type AttributeSummary, type CountedText } from './filterWords.ts';

/** Keys, values counted of one, and values told of one, at most: a trace has as many as it likes. */
const most = { keys: 500, counted: 1_000, values: 50 };
/** Characters of all told values together, and of one: a filter finds longer ones by their beginning. */
const longest = { all: 200_000, one: 201 };

/** How many spans have it; one that has it twice counts once. */
interface Count {
  count: number;
  last: number;
}

interface KeyCount extends Count {
  isWhole: boolean;
  readonly values: Map<string, Count>;
}

/** How many spans have a resource, and its values by key, which count once for each of them. */
interface ResourceCount {
  spans: number;
  readonly values: ReadonlyMap<string, ReadonlySet<string>>;
}

/**
 * Counts the attributes of spans, of their events and resources. Bounded: keys and values beyond a limit aren't counted,
 * and a key whose values weren't all counted, each whole, says so.
 */
export class AttributeCounts {
  readonly #keys = new Map<string, KeyCount>();
  readonly #resources = new Map<Resource, ResourceCount>();
  #spans = 0;

  add({ attributes, events, resource }: RawSpan): void {
    const span = this.#spans++;
    let ofResource = this.#resources.get(resource);
    if (!ofResource) this.#resources.set(resource, (ofResource = newResource(resource)));
    ofResource.spans++;
    this.#count(attributes, span, 1, ofResource.values);
    for (const event of events) this.#count(event.attributes, span, 1, ofResource.values);
  }

  /** The most frequent attributes first, with their most frequent values. */
  summaries(): readonly AttributeSummary[] {
    for (const [{ attributes }, { spans }] of this.#resources)
      this.#count(attributes, this.#spans++, spans);
    this.#resources.clear();
    let room = longest.all;
    const counts = [...this.#keys].map(([text, one]) => ({ ...one, text }));
    return counts.sort(byCount).map(({ text: key, count, isWhole, values: counted }) => {
      const values: CountedText[] = [];
      for (const value of [...counted].map(([text, one]) => ({ ...one, text })).sort(byCount)) {
        room -= value.text.length;
        if (room < 0 || values.length === most.values) break;
        values.push({ text: value.text, count: value.count });
      }
      return { key, count, values, isWhole: isWhole && values.length === counted.size };
    });
  }

  /** @param others what is counted with the span's resource */
  #count(
    attributes: Attributes,
    span: number,
    by: number,
    others?: ReadonlyMap<string, ReadonlySet<string>>,
  ): void {
    for (const { key, value } of attributes) {
      const counts = this.#keys.get(key) ?? this.#newKey(key);
      if (!counts) continue;
      const ofOthers = others?.get(key);
      if (!ofOthers) add(counts, span, by);
      const whole = textOf(value);
      const text = cut(whole);
      if (text !== whole || isEscaped(value, whole)) counts.isWhole = false;
      const known = counts.values.get(text) ?? newValue(counts, text);
      if (known && !ofOthers?.has(text)) add(known, span, by);
    }
  }

  #newKey(key: string): KeyCount | undefined {
    if (this.#keys.size >= most.keys || key.length > longest.one) return undefined;
    const counts = { count: 0, last: -1, isWhole: true, values: new Map<string, Count>() };
    this.#keys.set(key, counts);
    return counts;
  }
}

function newResource({ attributes }: Resource): ResourceCount {
  const values = new Map<string, Set<string>>();
  for (const { key, value } of attributes) {
    const texts = values.get(key) ?? new Set();
    values.set(key, texts.add(cut(textOf(value))));
  }
  return { spans: 0, values };
}

function newValue(counts: KeyCount, text: string): Count | undefined {
  if (counts.values.size >= most.counted) {
    counts.isWhole = false;
    return undefined;
  }
  const value = { count: 0, last: -1 };
  counts.values.set(text, value);
  return value;
}

function add(counts: Count, span: number, by: number): void {
  if (counts.last !== span) counts.count += by;
  counts.last = span;
}

const textOf = (value: AttributeValue): string =>
  typeof value === 'object' ? JSON.stringify(value) : String(value);

const cut = (text: string): string => text.slice(0, longest.one);

/** Whether an element of a list, which a filter finds too, is written otherwise in its text. */
const isEscaped = (value: AttributeValue, text: string): boolean =>
  typeof value === 'object' && text.includes('\\');
