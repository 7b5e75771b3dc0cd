import assert from 'node:assert/strict';

import { sequentialRuns } from '../../../../../src/core/correlate/calls/sequentialRuns.ts';
import { makeIndex } from '../../../../support/codeIndex.ts';
import { mapSpans } from '../../../../support/mapTrace.ts';
import { prismaOperation } from '../../../../support/prismaSpans.ts';
import { makeSpan } from '../../../../support/span.ts';

const index = makeIndex({
  '/w/shop-api': {
    services: ['shop-api'],
    files: { 'src/carts.ts': { Carts: { remove: { at: 5, prisma: ['Cart.delete@6'] } } } },
  },
});

/** A request with calls from and to these times, in ms. */
const request = (...calls: readonly (readonly [number, number])[]) => requestOf(calls);
const requestOf = (calls: readonly (readonly [number, number])[]) =>
  mapSpans(
    [
      makeSpan({ id: 'a', kind: 'server', duration: 1_000_000 }),
      ...calls.map(([from, to], at) => ({
        ...prismaOperation(`call-${at}`, 'a', from * 1_000, 'Cart.delete'),
        ...timesOf(from, to),
      })),
    ],
    index,
  );
const timesOf = (from: number, to: number) => {
  const { start, duration } = makeSpan({
    id: 'x',
    start: from * 1_000,
    duration: (to - from) * 1_000,
  });
  return { start, duration };
};
const found = (...traces: readonly ReturnType<typeof request>[]) => [
  ...sequentialRuns(traces).values(),
];

describe('calls that requests run one after the other', () => {
  it('have how many a request runs, and how long together and the longest take, on average', () => {
    const runs = found(request([0, 10], [10, 40]), request([0, 10], [15, 25], [30, 40], [40, 60]));
    assert.deepEqual(runs, [
      { requests: 2, callsPerRequest: 3, together: 45_000, longest: 25_000 },
    ]);
  });

  it('are as many as a loop makes', function () {
    this.timeout(60_000);
    const count = 150_000;
    const calls = Array.from({ length: count }, (_, at) => [at * 10, at * 10 + 5] as const);
    assert.deepEqual(found(requestOf(calls)), [
      { requests: 1, callsPerRequest: count, together: count * 5_000, longest: 5_000 },
    ]);
  });

  it('are none of which two run at the same time, in whichever request', () => {
    assert.deepEqual(found(request([0, 10], [10, 40]), request([0, 30], [5, 35])), []);
    assert.deepEqual(found(request([0, 30], [10, 20])), []);
  });

  it('may overlap by the millisecond that starts are rounded to', () => {
    assert.equal(found(request([0, 10.4], [10, 20])).length, 1);
  });

  it('are told by requests that run it more than once', () => {
    assert.deepEqual(found(request([0, 10])), []);
    assert.equal(found(request([0, 10]), request([0, 10], [20, 30]))[0]?.requests, 1);
  });
});
