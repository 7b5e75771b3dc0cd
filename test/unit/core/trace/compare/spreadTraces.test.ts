import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spreadTraces } from '../../../../../src/core/trace/compare/spreadTraces.ts';

const spread = (lengths: readonly number[]) =>
  spreadTraces(lengths, (length) => length).map(({ pace, trace }) => `${pace} ${trace}`);

describe('traces to compare with', () => {
  it('are the fastest, those around the median and the slowest', () => {
    assert.deepEqual(spread([50, 10, 90, 20, 80, 30, 70, 40, 60, 100, 110]), [
      'fast 10',
      'fast 20',
      'fast 30',
      'typical 50',
      'typical 60',
      'typical 70',
      'slow 90',
      'slow 100',
      'slow 110',
    ]);
  });

  it('of a few are all', () => {
    assert.deepEqual(spread([2, 1]), ['fast 1', 'slow 2']);
    assert.deepEqual(spread([3, 2, 1]), ['fast 1', 'typical 2', 'slow 3']);
    assert.deepEqual(spread([]), []);
  });

  it('are each once, shortest first, nine at most', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat()), (lengths) => {
        const traces = spreadTraces(lengths, (length) => length).map(({ trace }) => trace);
        assert.deepEqual(
          traces,
          [...new Set(traces)].sort((a, b) => a - b),
        );
        assert.equal(traces.length, Math.min(9, lengths.length));
      }),
    );
  });
});
