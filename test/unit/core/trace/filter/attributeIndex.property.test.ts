import fc from 'fast-check';
import assert from 'node:assert/strict';
import { epochMicroseconds } from '../../../../../src/core/base/units.ts';
import {
  attributeTest,
  type AttributeCondition,
} from '../../../../../src/core/trace/filter/attributeCondition.ts';
import {
  AttributeIndex,
  resourceAttributes,
} from '../../../../../src/core/trace/filter/attributeIndex.ts';
import type { Attribute, RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { makeSpan } from '../../../../support/span.ts';

const key = fc.constantFrom('http.route', 'HTTP.Route', 'tenant', 'row', '__proto__', 'tags');
const value = fc.constantFrom('/orders', '/Orders/7', '7', 7, 12.5, true, '', ['a', 7], ['a', 7]);
const attributes: fc.Arbitrary<Attribute[]> = fc.array(fc.record({ key, value }), { maxLength: 4 });
const resources = [{ service: 'shop', attributes: [{ key: 'tenant', value: 7 }] }, undefined];
const span = fc
  .record({ attributes, ofEvent: attributes, resource: fc.constantFrom(...resources) })
  .map(({ attributes, ofEvent, resource }): RawSpan => {
    const made = makeSpan({
      id: 'a',
      events: [{ name: 'e', time: epochMicroseconds(0), attributes: ofEvent }],
    });
    return { ...made, attributes, resource: resource ?? made.resource };
  });
const condition: fc.Arbitrary<AttributeCondition> = fc.record({
  key: fc.constantFrom('http.route', 'tenant', 'row', 'service.name', '*', 't*', 'tags', 'none'),
  comparison: fc.constantFrom('=', ':=', '>', '<='),
  value: fc.constantFrom('/orders', '/orders*', '7', '*s*', 'shop', '*', ''),
});

describe('an index of attributes', () => {
  it('finds what looking through each span does', () => {
    fc.assert(
      fc.property(fc.array(span), condition, (spans, wanted) => {
        const test = attributeTest(wanted);
        const index = new AttributeIndex(spans.length);
        for (const one of spans) index.add(one);
        const answers = spans.map(({ attributes, events, resource }) =>
          [
            attributes,
            ...events.map((event) => event.attributes),
            resourceAttributes(resource),
          ].map(test),
        );
        assert.deepEqual(index.find(test), {
          marks: Uint8Array.from(answers, (found) => (found.includes(true) ? 1 : 0)),
          isKnown: answers.flat().some((found) => found !== undefined),
        });
      }),
    );
  });

  it('is not whole where a trace has more keys than one writes by hand', () => {
    const index = new AttributeIndex(3_000);
    for (let row = 0; row < 3_000; row++)
      index.add(makeSpan({ id: 'a', attributes: { [`key ${row}`]: row } }));
    assert.equal(index.isWhole, false);
  });
});
