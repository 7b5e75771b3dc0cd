import assert from 'node:assert/strict';
import fc from 'fast-check';
import { mergeDurations } from '../../../../../src/core/correlate/durations/mergeDurations.ts';
import {
  quantileNames,
  quantileShares,
} from '../../../../../src/core/correlate/durations/durations.ts';
import { nearestRank } from '../../../../../src/core/base/nearestRank.ts';
import { countedDurations } from '../../../../../src/sources/cassandra/figures/countedDurations.ts';
import type { Range } from '../../../../../src/sources/cassandra/figures/durationIndex.ts';

/** Durations as clusters have them: any, many alike, and over all magnitudes. */
const duration = fc.oneof(
  fc.nat(50),
  fc.nat(10_000_000),
  fc.constantFrom(0, 1, 1_000, 65_536),
  fc.double({ min: 0, max: 9, noNaN: true }).map((power) => Math.round(10 ** power)),
);

describe('durations that are counted on the server', () => {
  it('have their exact count, total and maximum, and p50, p95 and p99 within 1 %', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(duration, { minLength: 1, maxLength: 300 }), async (durations) => {
        const { merged, counted } = await countAll(durations);
        const sorted = durations.toSorted((a, b) => a - b);
        assert.equal(counted.shape, 'histogram');
        assert.equal(merged.count, durations.length);
        assert.equal(merged.max, sorted.at(-1));
        assert.equal(
          merged.total,
          durations.reduce((sum, one) => sum + one, 0),
        );
        for (const name of quantileNames) {
          const truth = sorted[nearestRank(quantileShares[name], sorted.length)]!;
          const found = merged[name]!;
          // Below 1 µs there is only 0.
          assert.ok(
            Math.abs(found - truth) <= Math.max(0.011 * truth, 0.01),
            `${name} ${String(found)} is ${String(truth)}`,
          );
        }
      }),
    );
  });

  it('are within 1 % without being marked as estimates', async () => {
    const { merged } = await countAll(Array.from({ length: 10_000 }, (_, n) => 5_000 + n * 7));
    assert.equal(merged.estimates, undefined);
  });

  it('are each counted one and a half times, in few questions', async () => {
    const durations = Array.from({ length: 100_000 }, (_, n) =>
      Math.round(20_000 * Math.exp(1.6 * Math.sin(n * 12.9898))),
    );
    const { rows, questions } = await countAll(durations);
    assert.ok(rows <= durations.length * 2, String(rows));
    assert.ok(questions <= 40, String(questions));
  });

  it('stay whole numbers when more arrive in between', async () => {
    let asked = 0;
    const { counts } = await countedDurations({ shortest: 900, longest: 70_000 }, () =>
      Promise.resolve({ count: (asked += 1) * 10, total: asked * 1_000 }),
    );
    assert.ok(counts.every((count) => Number.isSafeInteger(count) && count >= 0));
  });
});

async function countAll(durations: readonly number[]) {
  const asked = { rows: 0, questions: 0 };
  const count = ({ low, high }: Range) => {
    const found = durations.filter((one) => one >= low && one < high);
    asked.rows += found.length;
    asked.questions += 1;
    const total = found.reduce((sum, one) => sum + one, 0);
    return Promise.resolve({ count: found.length, total });
  };
  const sorted = durations.toSorted((a, b) => a - b);
  const extent = { shortest: sorted[0]!, longest: sorted.at(-1)! };
  const counted = await countedDurations(extent, count);
  return { counted, merged: mergeDurations([counted]), ...asked };
}
