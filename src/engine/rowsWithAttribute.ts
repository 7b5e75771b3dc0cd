import {
  attributeTest,
  type AttributeCondition,
  type AttributeTest,
} from '../core/trace/filter/attributeCondition.ts';
import { resourceAttributes } from '../core/trace/filter/attributeIndex.ts';
import type { Attributes, RawSpan, Resource } from '../core/trace/rawSpan.ts';
import type { AttributeAnswer } from '../protocol/waterfall.ts';
import { attributeIndexOf } from './attributeIndexes.ts';
import { TimeSlicer } from './code/yieldNow.ts';

/** Spans looked at between two chances to stop. */
const slice = 500;

/**
 * Rows whose span, one of its events or its resource has an attribute that is so. What a span has beside its attributes
 * counts as some too: its ID as `span_id`, its status message as `otel.status_description`, the name of an event as
 * `event`. Where there is an index, only the latter are looked for in spans.
 * @returns also whether any span has an attribute of that name
 */
export async function rowsWithAttribute(
  spans: readonly RawSpan[],
  condition: AttributeCondition,
  signal: AbortSignal,
): Promise<AttributeAnswer> {
  signal.throwIfAborted();
  const test = attributeTest(condition);
  const found = attributeIndexOf(spans)?.find(test);
  const looks = [...(found ? [] : [carried(test), ofResource(test)]), ...own(test)];
  if (found && looks.length === 0) return found;
  const marks = found?.marks ?? new Uint8Array(spans.length);
  let isKnown = found?.isKnown ?? false;
  const breather = new TimeSlicer();
  for (const [row, span] of spans.entries()) {
    if (row % slice === 0) {
      await breather.breathe();
      signal.throwIfAborted();
    }
    for (const look of looks) {
      const answer = look(span);
      if (answer !== undefined) isKnown = true;
      if (answer === true) marks[row] = 1;
    }
  }
  return { marks, isKnown };
}

/** As `AttributeTest`, of something that a span has. */
type Look = (span: RawSpan) => boolean | undefined;

const carried =
  (test: AttributeTest): Look =>
  ({ attributes, events }) => {
    let found = test(attributes);
    for (const event of events) {
      if (found === true) return true;
      found = test(event.attributes) ?? found;
    }
    return found;
  };

/** Each resource is tried once: its spans share it. */
function ofResource(test: AttributeTest): Look {
  const known = new Map<Resource, boolean | undefined>();
  return ({ resource }) => {
    if (!known.has(resource)) known.set(resource, test(resourceAttributes(resource)));
    return known.get(resource);
  };
}

/** Nothing where no condition of its key can be met by what a span has beside attributes. */
function own(test: AttributeTest): readonly Look[] {
  const isWanted = ['span_id', 'otel.status_description', 'event'].some(
    (key) => test([{ key, value: '' }]) !== undefined,
  );
  return isWanted ? [(span) => test(ownAttributes(span))] : [];
}

const ownAttributes = ({ spanId, statusMessage, events }: RawSpan): Attributes => [
  { key: 'span_id', value: spanId },
  ...(statusMessage === '' ? [] : [{ key: 'otel.status_description', value: statusMessage }]),
  ...events.map(({ name }) => ({ key: 'event', value: name })),
];
