import assert from 'node:assert/strict';
import { beginDrag, dragRange, isDragged } from '../../../../media/waterfall/timeline/drag.ts';

describe('a drag over the minimap', () => {
  it('is none where the pointer stays, however short the trace is', () => {
    for (const duration of [1, 100, 2_450_000]) {
      const drag = beginDrag(null, duration / 4, { start: 0, end: duration });
      assert.equal(isDragged(drag, duration / 4, duration), false);
      assert.equal(isDragged(drag, duration / 2, duration), true);
    }
    const drag = beginDrag(null, 25, { start: 0, end: 100 });
    assert.deepEqual(dragRange(drag, 50, 100).range, { start: 25, end: 50 });
  });

  it('of an edge or of the grip is one from the first pixel on', () => {
    for (const on of ['start', 'end', 'pan']) {
      const drag = beginDrag(on, 20, { start: 20, end: 60 });
      assert.equal(isDragged(drag, 20, 100), true);
    }
  });
});
