import { spanRow, type SpanRow } from '../core/base/units.ts';
import { attributeTest, type AttributeCondition } from '../core/trace/filter/attributeCondition.ts';
import type { RawSpan, Resource } from '../core/trace/rawSpan.ts';
import type { AttributeAnswer } from '../protocol/waterfall.ts';
import { TimeSlicer } from './code/yieldNow.ts';

/** Spans looked at between two chances to stop. */
const slice = 500;

/**
 * Rows whose span, one of its events or its resource has an attribute that is so.
 * @returns also whether any span has an attribute of that name
 */
export async function rowsWithAttribute(
  spans: readonly RawSpan[],
  condition: AttributeCondition,
  signal: AbortSignal,
): Promise<AttributeAnswer> {
  const test = attributeTest(condition);
  const resources = new Map<Resource, boolean | undefined>();
  const ofResource = (resource: Resource) => {
    if (!resources.has(resource)) resources.set(resource, test(attributesOf(resource)));
    return resources.get(resource);
  };
  const breather = new TimeSlicer();
  const rows: SpanRow[] = [];
  let isKnown = false;
  for (const [row, span] of spans.entries()) {
    if (row % slice === 0) {
      await breather.breathe();
      signal.throwIfAborted();
    }
    const found = [
      test(span.attributes),
      ofResource(span.resource),
      ...span.events.map(({ attributes }) => test(attributes)),
    ];
    isKnown ||= found.some((one) => one !== undefined);
    if (found.includes(true)) rows.push(spanRow(row));
  }
  return { rows, isKnown };
}

const attributesOf = ({ service, attributes }: Resource) => [
  { key: 'service.name', value: service },
  ...attributes,
];
