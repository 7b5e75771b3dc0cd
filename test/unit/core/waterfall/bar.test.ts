import fc from 'fast-check';
import assert from 'node:assert/strict';
import { barOf, labelPlace, sideOutside } from '../../../../src/core/waterfall/bar.ts';

const range = { start: 100, end: 200 };

describe('barOf', () => {
  it('lies where its times lie in the range', () => {
    assert.deepEqual(barOf(110, 40, range), {
      left: 0.1,
      width: 0.4,
      cutLeft: false,
      cutRight: false,
    });
  });

  it('is cut where the span goes on outside', () => {
    assert.deepEqual(barOf(0, 1_000, range), { left: 0, width: 1, cutLeft: true, cutRight: true });
  });

  it('a span without length keeps its place; one outside has no bar', () => {
    assert.equal(barOf(150, 0, range)?.width, 0);
    assert.equal(barOf(0, 99, range), undefined);
    assert.equal(barOf(201, 5, range), undefined);
    assert.equal(sideOutside(0, range), 'before');
    assert.equal(sideOutside(201, range), 'after');
  });

  it('never leaves the timeline', () => {
    const time = fc.double({ min: 0, max: 1e15, noNaN: true });
    fc.assert(
      fc.property(time, time, time, (start, duration, from) => {
        const bar = barOf(start, duration, { start: from, end: from + 1_000 });
        if (bar) assert.ok(bar.left >= 0 && bar.width >= 0 && bar.left + bar.width <= 1 + 1e-9);
      }),
    );
  });
});

describe('labelPlace', () => {
  const bar = (left: number, width: number) => ({ left, width, cutLeft: false, cutRight: false });

  it('is right of the bar, else left, else over its start', () => {
    assert.deepEqual(labelPlace(bar(0, 0.5), 400, 60), { side: 'right', edge: 0.5 });
    assert.deepEqual(labelPlace(bar(0.5, 0.45), 400, 60), { side: 'left', edge: 0.5 });
    assert.deepEqual(labelPlace(bar(0.1, 0.85), 400, 60), { side: 'inside', edge: 0.1 });
  });

  it('never leaves a timeline that has room for it, nor its bar', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    const pixels = fc.integer({ min: 1, max: 2_000 });
    fc.assert(
      fc.property(share, share, pixels, pixels, (one, other, labelWidth, room) => {
        const timelineWidth = labelWidth + room;
        const [left, end] = [Math.min(one, other), Math.max(one, other)];
        const { side, edge } = labelPlace(bar(left, end - left), timelineWidth, labelWidth);
        const label = labelWidth / timelineWidth;
        const from = side === 'left' ? edge - label : edge;
        const nearly = 1e-9;
        assert.ok(from >= -nearly && from + label <= 1 + nearly, 'on the timeline');
        assert.ok(from <= end + nearly && from + label >= left - nearly, 'at the bar');
      }),
    );
  });
});
