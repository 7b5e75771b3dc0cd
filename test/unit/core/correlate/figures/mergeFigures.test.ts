import assert from 'node:assert/strict';
import fc from 'fast-check';
import { epochMicroseconds, microseconds } from '../../../../../src/core/base/units.ts';
import { givenQuantiles } from '../../../../../src/core/correlate/durations/givenQuantiles.ts';
import type {
  ErrorCount,
  OperationFigures,
} from '../../../../../src/core/correlate/figures/figures.ts';
import { mergeFigures } from '../../../../../src/core/correlate/figures/mergeFigures.ts';
import type { FiguresAnswer } from '../../../../../src/core/ports.ts';
import { routeKey } from '../../../../support/operationKeys.ts';

const key = routeKey('shop', 'GET', '/a');
const answer: FiguresAnswer = {
  operations: [],
  window: { start: epochMicroseconds(0), end: epochMicroseconds(1) },
  basis: 'complete',
  sampledTraces: undefined,
  dropped: [],
  droppedCount: 0,
  fetchedAt: epochMicroseconds(1),
  complete: true,
  reason: '',
};

/** As an index of durations tells of an operation. */
function operation(
  count: number,
  errors: ErrorCount | undefined,
  rest: Partial<OperationFigures> & { readonly max?: number; readonly p99?: number } = {},
): OperationFigures {
  const { max, p99 = 10, ...others } = rest;
  const known = { p50: microseconds(5), p95: microseconds(9), p99: microseconds(p99) };
  const durations = givenQuantiles({
    count,
    within: 0,
    ...known,
    ...(max !== undefined && { max: microseconds(max) }),
  });
  return { key, errors, durations, slowestTraceId: undefined, ...others };
}

const merged = (...operations: readonly OperationFigures[]) =>
  mergeFigures(operations, answer, 'Cassandra');

describe('the figures of several operations', () => {
  it('have the errors of all where every request was looked at', () => {
    const both = merged(operation(10, { count: 1, of: 10 }), operation(20, { count: 3, of: 20 }));
    assert.deepEqual([both?.count, both?.errors, both?.errorSample], [30, 4, undefined]);
  });

  it('have an error share of samples by how many requests each operation has', () => {
    const both = merged(
      operation(100_000, { count: 0, of: 500 }),
      operation(100, { count: 50, of: 100 }),
    );
    assert.equal(both?.errors, undefined);
    assert.deepEqual(both?.errorSample, { count: 50, of: 600, share: 50 / 100_100 });
  });

  it('have errors where all have, and none where one has none', () => {
    const some = { count: 1, of: 5 };
    assert.deepEqual(
      [undefined, { count: 0, of: 0 }].map((unknown) => {
        const both = merged(operation(5, some), operation(5, unknown));
        return [both?.errors, both?.errorSample];
      }),
      [
        [undefined, undefined],
        [undefined, undefined],
      ],
    );
    assert.equal(merged(operation(5, some), operation(0, undefined))?.errors, 1);
  });

  it('have a share of errors between the least and the largest of theirs', () => {
    const part = fc
      .record({ count: fc.integer({ min: 1, max: 1e6 }), of: fc.integer({ min: 1, max: 500 }) })
      .chain(({ count, of }) =>
        fc.nat({ max: of }).map((failed) => operation(count, { count: failed, of })),
      );
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 6 }), (parts) => {
        const all = merged(...parts)!;
        const shares = parts.map(({ errors }) => errors!.count / errors!.of);
        const share = all.errorSample?.share ?? all.errors! / all.count;
        const isAll = parts.every(({ errors, durations }) => errors!.of >= durations.count);
        assert.equal(all.errorSample === undefined, isAll);
        if (isAll) return;
        assert.ok(share >= Math.min(...shares) - 1e-12 && share <= Math.max(...shares) + 1e-12);
      }),
    );
  });

  it('lead to the slowest trace that is known, also where no maximum is', () => {
    const of = (slowestTraceId: string, known: { max?: number; p99?: number }) =>
      operation(10, undefined, { slowestTraceId, ...known });
    assert.equal(merged(of('a', { max: 50 }), of('b', { max: 70 }))?.slowestTraceId, 'b');
    assert.equal(merged(of('a', { p99: 50 }), of('b', { p99: 20 }))?.slowestTraceId, 'a');
  });

  it('name every span kind that is counted, once', () => {
    const mixed = { mixedKinds: ['server', 'client'] };
    const both = merged(operation(1, undefined, mixed), operation(1, undefined, mixed));
    assert.deepEqual(both?.mixedKinds, ['client', 'server']);
    assert.equal(merged(operation(1, undefined))?.mixedKinds, undefined);
  });

  it('of no requests are none', () => {
    assert.equal(merged(operation(0, undefined)), undefined);
    assert.equal(merged(), undefined);
  });
});
