import { askedAttributes } from '../../../src/core/trace/filter/askedAttributes.ts';
import type { AttributeCondition } from '../../../src/core/trace/filter/attributeCondition.ts';
import { filterSpans } from '../../../src/core/trace/filter/filterSpans.ts';
import {
  parseSpanFilter,
  type SpanFilter,
} from '../../../src/core/trace/filter/parseSpanFilter.ts';
import type { AttributeAnswer, OpenedTrace } from '../../../src/protocol/waterfall.ts';

/** Answers kept, a byte a span each: who types a letter and takes it back asks once. */
const mostAnswers = 20;

/** What the host says of a condition that it was asked about. */
export interface AnsweredCondition {
  readonly condition: AttributeCondition;
  readonly answer: AttributeAnswer;
}

/** A filter over one trace, as far as its attributes are known here: they stay with the host. */
export class TraceFilter {
  #opened: OpenedTrace;
  /** Oldest first. */
  readonly #answers = new Map<string, AttributeAnswer>();
  #filter: SpanFilter = parseSpanFilter('');
  #asked: readonly AttributeCondition[] = [];

  constructor(opened: OpenedTrace) {
    this.#opened = opened;
  }

  /** The same spans, mapped anew: answers stay, the filter has to be read again. */
  show(opened: OpenedTrace): void {
    this.#opened = opened;
  }

  get filter(): SpanFilter {
    return this.#filter;
  }

  /** What the host has to be asked about before there are matches. */
  get unanswered(): readonly AttributeCondition[] {
    return this.#asked.filter((condition) => !this.#answers.has(keyOf(condition)));
  }

  /** Attributes of the filter that no span of the trace has. */
  get unknownKeys(): readonly string[] {
    return this.#filter.terms.flatMap((term) =>
      term.field === 'attribute' && this.#answers.get(keyOf(term.condition))?.isKnown === false
        ? [term.condition.key]
        : [],
    );
  }

  read(query: string): void {
    const { shape, places } = this.#opened;
    this.#filter = parseSpanFilter(query);
    this.#asked = askedAttributes(shape, this.#filter.expression, places);
  }

  answer(condition: AttributeCondition, answer: AttributeAnswer): void {
    this.#answers.set(keyOf(condition), answer);
    const asked = new Set(this.#asked.map(keyOf));
    for (const key of this.#answers.keys()) {
      if (this.#answers.size <= mostAnswers) return;
      if (!asked.has(key)) this.#answers.delete(key);
    }
  }

  /** One entry a span; undefined: nothing is looked for. */
  matches(): Uint8Array | undefined {
    const { shape, places } = this.#opened;
    const { expression } = this.#filter;
    if (!expression) return undefined;
    const marks = (condition: AttributeCondition) =>
      this.#answers.get(keyOf(condition))?.marks ?? new Uint8Array(shape.size);
    return filterSpans(shape, expression, { places, marks });
  }
}

const keyOf = ({ key, comparison, value }: AttributeCondition): string =>
  JSON.stringify([key, comparison, value]);
