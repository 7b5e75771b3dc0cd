import assert from 'node:assert/strict';
import fc from 'fast-check';
import { distinctSpans } from '../../../../src/core/trace/distinctSpans.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { makeSpan } from '../../../support/span.ts';

const ended = makeSpan({
  id: 'a',
  kind: 'server',
  start: 5,
  duration: 9,
  attributes: { 'http.route': '/orders' },
});
const begun: RawSpan = { ...ended, duration: 0 as never, unended: true, attributes: [] };

/** Both orders must keep `right`. */
function keeps(right: RawSpan, ...others: readonly RawSpan[]): void {
  for (const spans of [
    [right, ...others],
    [...others, right],
  ])
    assert.deepEqual(distinctSpans(spans), [right]);
}

describe('spans that were sent several times', () => {
  it('count once', () => {
    keeps(ended, structuredClone(ended), structuredClone(ended));
  });

  it('are the one that ended, before or after the one that had not', () => {
    keeps(ended, begun);
    keeps(ended, { ...begun, unended: undefined as never });
    keeps(ended, {
      ...begun,
      attributes: [
        { key: 'a', value: 1 },
        { key: 'b', value: 2 },
      ],
    });
  });

  it('are of two that ended the one that says more, then the one that ended later', () => {
    const more = { ...ended, attributes: [...ended.attributes, { key: 'b', value: 2 }] };
    keeps(more, ended, begun);
    keeps({ ...ended, status: 'error' as const }, ended);
    keeps({ ...ended, duration: 10 as never }, ended);
  });

  it('may come by an exporter that cuts starts to the microsecond', () => {
    keeps({ ...ended, start: 5.7 as never, duration: 9.1 as never }, ended);
  });

  it('are not those of another side, service or start', () => {
    const others: RawSpan[] = [
      ended,
      { ...ended, kind: 'client' },
      { ...ended, resource: { service: 'pricing-api', attributes: [] } },
      { ...ended, start: 50 as never },
      { ...ended, spanId: 'b' },
    ];
    assert.deepEqual(distinctSpans(others), others);
  });

  const copies = fc
    .record({
      id: fc.constantFrom('a', 'b', 'c'),
      start: fc.constantFrom(0, 10, 20),
      duration: fc.integer({ min: 0, max: 3 }),
      kind: fc.constantFrom('client', 'server', 'internal'),
      status: fc.constantFrom('unset', 'error'),
      service: fc.constantFrom('shop', 'edge'),
    } as const)
    .map(makeSpan);

  it('are the same ones whatever the order, with nothing left to leave out', () => {
    const shuffled = fc
      .array(copies, { maxLength: 20 })
      .chain((input) =>
        fc.tuple(
          fc.constant(input),
          fc.shuffledSubarray(input, { minLength: input.length, maxLength: input.length }),
        ),
      );
    const sorted = (spans: readonly RawSpan[]) => spans.map((one) => JSON.stringify(one)).sort();
    fc.assert(
      fc.property(shuffled, ([input, other]) => {
        const kept = distinctSpans(input);
        assert.deepEqual(sorted(distinctSpans(other)), sorted(kept));
        assert.deepEqual(distinctSpans(kept), kept);
        const identities = ({ spanId, start, kind, resource }: RawSpan) =>
          `${spanId} ${start} ${kind === 'server'} ${resource.service}`;
        assert.equal(kept.length, new Set(input.map(identities)).size);
      }),
    );
  });
});
