import type { AttributeCondition } from '../../../src/core/trace/filter/attributeCondition.ts';
import { filterSpans } from '../../../src/core/trace/filter/filterSpans.ts';
import {
  parseSpanFilter,
  type SpanFilter,
} from '../../../src/core/trace/filter/parseSpanFilter.ts';
import { markRows } from '../../../src/core/waterfall/matches.ts';
import type { AttributeAnswer, OpenedTrace } from '../../../src/protocol/waterfall.ts';

interface Answer {
  readonly marks: Uint8Array;
  readonly isKnown: boolean;
}

/** A filter over one trace, as far as its attributes are known here: they stay with the host. */
export class TraceFilter {
  readonly #opened: OpenedTrace;
  readonly #answers = new Map<string, Answer>();
  #filter: SpanFilter = { terms: [], problems: [] };

  constructor(opened: OpenedTrace) {
    this.#opened = opened;
  }

  get filter(): SpanFilter {
    return this.#filter;
  }

  /** Attributes that the host has to be asked about before there are matches. */
  get unanswered(): readonly AttributeCondition[] {
    return this.#conditions().filter((condition) => !this.#answers.has(keyOf(condition)));
  }

  /** Attributes of the filter that no span of the trace has. */
  get unknownKeys(): readonly string[] {
    return this.#conditions()
      .filter((condition) => this.#answers.get(keyOf(condition))?.isKnown === false)
      .map(({ key }) => key);
  }

  read(query: string): void {
    this.#filter = parseSpanFilter(query);
  }

  answer(condition: AttributeCondition, { rows, isKnown }: AttributeAnswer): void {
    const marks = markRows(this.#opened.shape, rows);
    this.#answers.set(keyOf(condition), { marks, isKnown });
  }

  /** One entry a span; undefined: nothing is looked for. */
  matches(): Uint8Array | undefined {
    const { shape, places } = this.#opened;
    const { terms } = this.#filter;
    if (terms.length === 0) return undefined;
    const marks = (condition: AttributeCondition) =>
      this.#answers.get(keyOf(condition))?.marks ?? new Uint8Array(shape.size);
    return markRows(shape, filterSpans(shape, terms, { places, marks }));
  }

  #conditions(): readonly AttributeCondition[] {
    return this.#filter.terms.flatMap((term) =>
      term.field === 'attribute' ? [term.condition] : [],
    );
  }
}

const keyOf = ({ key, comparison, value }: AttributeCondition): string =>
  JSON.stringify([key, comparison, value]);
