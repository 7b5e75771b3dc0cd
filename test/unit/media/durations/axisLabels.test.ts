import assert from 'node:assert/strict';
import { axisLabels } from '../../../../media/durations/axisLabels.ts';

const edges = [10, 15, 20, 30, 50, 70, 100, 150, 200, 300, 500, 700];
const shown = (width: number) => axisLabels(edges, width).map(({ time }) => time);

describe('times below the bars', () => {
  it('are the first, the last and those that there is room for between', () => {
    assert.deepEqual(shown(2_000), edges);
    assert.deepEqual(shown(340), [10, 30, 100, 700]);
    assert.deepEqual(shown(150), [10, 700]);
    assert.deepEqual(shown(0), [10, 700]);
  });

  it('stand inside at the ends', () => {
    const sides = axisLabels(edges, 340).map(({ side }) => side);
    assert.deepEqual([sides[0], sides[1], sides.at(-1)], ['first', 'middle', 'last']);
  });
});
