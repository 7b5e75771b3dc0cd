import assert from 'node:assert/strict';

import { fromMilliseconds } from '../../../../../src/core/base/units.ts';
import type { LensSettings } from '../../../../../src/core/correlate/lens/lensText.ts';
import { traceLens, traceSentences } from '../../../../../src/core/correlate/lens/traceLens.ts';
import type { LineTime } from '../../../../../src/core/correlate/lines/timesByLine.ts';
import { inKorean } from '../../../../support/korean.ts';

const settings: LensSettings = {
  mode: 'full',
  slow: fromMilliseconds(500),
  whenNoTraces: 'nothing',
  windowMinutes: 60,
  staleFor: undefined,
};
const whole = fromMilliseconds(2_400);
const spent = (calls: number, ms: number, handlerFrom?: number): LineTime => ({
  location: { path: '/shop/a.ts', line: 7, column: 1 },
  handlerFrom,
  calls,
  errors: 0,
  total: fromMilliseconds(ms),
  self: fromMilliseconds(ms / 2),
  rows: [],
});
const text = (time: LineTime, how = settings) => traceLens(time, { whole }, how);

describe('the line above what the trace on the screen ran', () => {
  it('says how often it ran and what that cost', () => {
    assert.equal(text(spent(22, 2_020)), 'this trace: 22 calls, 2.02 s');
    assert.equal(text(spent(1, 430)), 'this trace: 430 ms');
  });

  it('is there for every handler, and for calls that are costly or repeated', () => {
    assert.equal(text(spent(1, 3)), undefined);
    assert.equal(text(spent(5, 3)), 'this trace: 5 calls, 3 ms');
    assert.equal(text(spent(1, 3, 5)), 'this trace: 3 ms');
  });

  it('says no time of what is not on the critical path', () => {
    assert.equal(text(spent(6, 0)), 'this trace: 6 calls');
    assert.equal(text(spent(1, 0, 5)), 'this trace: 1 call');
    assert.equal(text(spent(2, 0)), undefined);
  });

  it('follows the mode of the other lenses', () => {
    const mode = (one: LensSettings['mode']) => ({ ...settings, mode: one });
    assert.equal(text(spent(22, 2_020), mode('off')), undefined);
    assert.equal(text(spent(22, 2_020), mode('hoverOnly')), undefined);
    assert.equal(text(spent(22, 2_020), mode('slowOnly')), 'this trace: 22 calls, 2.02 s');
    assert.equal(text(spent(1, 430, 5), mode('slowOnly')), undefined);
  });

  it('is explained in sentences', () => {
    assert.deepEqual(traceSentences(spent(22, 2_020), { whole }), [
      '22 calls in this trace: 2.02 s on the critical path (84.2% of 2.4 s).',
      'Self time: 1.01 s (42.1%).',
    ]);
    assert.deepEqual(traceSentences(spent(3, 0), { whole }), [
      '3 calls in this trace, not on the critical path.',
    ]);
  });
});

describe('the line above what the trace on the screen ran, in Korean', () => {
  inKorean();

  it('says the same', () => {
    assert.equal(text(spent(22, 2_020)), '이 트레이스: 22회 호출, 2.02 s');
    assert.equal(
      traceSentences(spent(22, 2_020), { whole })[0],
      '이 트레이스에서 22회 호출: 임계 경로에서 2.02 s(2.4 s의 84.2%).',
    );
  });
});
