import assert from 'node:assert/strict';

import { microseconds } from '../../../../../src/core/base/units.ts';
import { heatLegend, heatOf } from '../../../../../src/core/correlate/lines/heat.ts';

describe('the heat of a line', () => {
  it('is one of few steps of its self time, and none below the first', () => {
    const shown = [0, 29, 30, 149, 150, 399, 400, 1_000].map((self) =>
      heatOf(microseconds(self), microseconds(1_000)),
    );
    assert.deepEqual(shown, [undefined, undefined, 'some', 'some', 'much', 'much', 'most', 'most']);
    assert.equal(heatOf(microseconds(0), microseconds(0)), undefined);
  });

  it('is explained by its steps', () => {
    assert.equal(heatLegend(), 'Marks in the gutter: at least 3%, 15% or 40% self time.');
  });
});
