import assert from 'node:assert/strict';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { mayGrow, pauseBeforeReading, quietAfterMs } from '../../../../src/core/trace/growth.ts';
import { makeSpan } from '../../../support/span.ts';

const minute = 60_000_000;

describe('a trace that may grow', () => {
  it('ended less than a minute ago, or ends now by a clock that is somewhat ahead', () => {
    const start = 1_700_000_000_000_000;
    const { trace } = buildTrace([makeSpan({ id: 'a', start, duration: 2 * minute })]);
    const at = (micros: number) => mayGrow(trace, epochMicroseconds(start + 2 * minute + micros));
    assert.deepEqual([0, minute - 1, minute, -minute, -11 * minute].map(at), [
      true,
      true,
      false,
      true,
      false,
    ]);
  });

  it('is read some ten times, with growing pauses, before it is taken for complete', () => {
    const pauses: number[] = [];
    for (let quiet = 0; quiet < quietAfterMs; quiet += pauses.at(-1) ?? 0)
      pauses.push(pauseBeforeReading(quiet, 50));
    assert.ok(pauses.length >= 8 && pauses.length <= 14, String(pauses));
    assert.deepEqual(
      pauses,
      pauses.toSorted((a, b) => a - b),
    );
  });

  it('is read a fifth of the time at most', () => {
    for (const readMs of [10, 1_000, 20_000])
      assert.ok(pauseBeforeReading(0, readMs) >= 4 * readMs, String(readMs));
  });
});
