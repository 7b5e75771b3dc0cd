import fc from 'fast-check';
import assert from 'node:assert/strict';
import {
  highest,
  scrolledWindow,
  topOf,
  windowAt,
} from '../../../../src/core/waterfall/scrollWindow.ts';

const screen = 700;
const content = 36_000_000;

describe('scrollWindow', () => {
  it('is the content itself while that is low enough', () => {
    const window = windowAt(1_234, 50_000, screen);
    assert.deepEqual(window, { height: 50_000, scrollTop: 1_234, base: 0 });
    assert.equal(topOf(scrolledWindow(window, 40_000, 50_000, screen)), 40_000);
  });

  it('scrolls to the pixel by steps, wherever it is in content that is too high', () => {
    const step = fc.integer({ min: -2_000, max: 2_000 });
    fc.assert(
      fc.property(fc.nat(content - screen), fc.array(step, { maxLength: 200 }), (start, steps) => {
        let window = windowAt(start, content, screen);
        let expected = start;
        for (const by of steps) {
          const most = window.height - screen;
          const to = Math.max(0, Math.min(most, window.scrollTop + by));
          expected = Math.max(0, Math.min(content - screen, expected + to - window.scrollTop));
          window = scrolledWindow(window, to, content, screen);
          assert.ok(Math.abs(topOf(window) - expected) < 1e-6);
          assert.ok(window.height <= highest);
        }
      }),
    );
  });

  it('reaches both ends by the scroll bar and by steps', () => {
    const bottom = scrolledWindow(windowAt(0, content, screen), highest - screen, content, screen);
    assert.equal(topOf(bottom), content - screen);
    assert.equal(topOf(scrolledWindow(bottom, 0, content, screen)), 0);
    let window = windowAt(90_000, content, screen);
    for (let step = 0; step < 100; step++)
      window = scrolledWindow(window, Math.max(0, window.scrollTop - 1_000), content, screen);
    assert.equal(topOf(window), 0);
    assert.equal(window.scrollTop, 0);
  });
});
