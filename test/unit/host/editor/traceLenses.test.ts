import assert from 'node:assert/strict';

import { fromMilliseconds } from '../../../../src/core/base/units.ts';
import { traceLenses } from '../../../../src/host/editor/traceLenses.ts';
import type { TraceLine } from '../../../../src/host/waterfall/traceLines.ts';

const settings = {
  mode: 'full',
  slow: fromMilliseconds(500),
  whenNoTraces: 'nothing',
  windowMinutes: 60,
  staleFor: undefined,
} as const;
const location = { path: '/shop/a.ts', line: 7, column: 5 };
/** Moved by an edit: the span's own line is another. */
const moved: TraceLine = {
  line: 12,
  firstLine: 10,
  time: {
    location,
    handlerFrom: 5,
    calls: 2,
    errors: 0,
    total: fromMilliseconds(300),
    self: fromMilliseconds(100),
    rows: [],
  },
};

describe('lenses of the trace on the screen', () => {
  it('stand where the code is now, above the decorators of a handler, and select the spans of the line', () => {
    const whole = fromMilliseconds(400);
    const [lens] = traceLenses({ traceId: 'a', whole, lines: [moved] }, settings);
    assert.deepEqual(lens, {
      line: 10,
      text: 'this trace: 2 calls, 300 ms',
      tooltip: [
        '2 calls in this trace: 300 ms on the critical path (75% of 400 ms).',
        'Self time: 100 ms (25%).',
        'Click to select these spans in the waterfall.',
      ].join('\n'),
      spans: { traceId: 'a', location },
    });
  });

  it('are none without a waterfall on the screen', () => {
    assert.deepEqual(traceLenses(undefined, settings), []);
  });
});
