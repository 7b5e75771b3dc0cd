import assert from 'node:assert/strict';
import { later, epochMicroseconds, fromMinutes } from '../../../src/core/base/units.ts';
import type { TimeWindow } from '../../../src/core/base/timeWindow.ts';
import type { FiguresAnswer, TraceSource } from '../../../src/core/ports.ts';
import { FiguresReader } from '../../../src/engine/figuresReader.ts';

/** Only figures are asked of it; `fail` makes the next reading fail. */
function countingSource() {
  const asked: TimeWindow[] = [];
  const state = { asked, fail: false };
  const figures = async (window: TimeWindow): Promise<FiguresAnswer> => {
    asked.push(window);
    await Promise.resolve();
    if (state.fail) throw new Error('no server');
    return {
      operations: [],
      window,
      basis: 'complete',
      dropped: [],
      droppedCount: 0,
      sampledTraces: undefined,
      fetchedAt: window.end,
      complete: true,
      reason: '',
    };
  };
  return { state, source: { figures } as unknown as TraceSource };
}

const hourFrom = (start: number): TimeWindow => ({
  start: epochMicroseconds(start),
  end: later(epochMicroseconds(start), fromMinutes(60)),
});
const signal = new AbortController().signal;

describe('the figures reader', () => {
  it('asks the source once for views that ask at the same time', async () => {
    const { state, source } = countingSource();
    const reader = new FiguresReader(source);
    await Promise.all([
      reader.read(hourFrom(0), false, signal),
      reader.read(hourFrom(5), true, signal),
    ]);
    assert.equal(state.asked.length, 1);
  });

  it('gives the kept answer for a window of the same length that moved on', async () => {
    const { state, source } = countingSource();
    const reader = new FiguresReader(source);
    const first = await reader.read(hourFrom(0), false, signal);
    assert.equal(await reader.read(hourFrom(60), false, signal), first);
    assert.equal(state.asked.length, 1);
  });

  it('reads again when asked to refresh, with the window of now', async () => {
    const { state, source } = countingSource();
    const reader = new FiguresReader(source);
    await reader.read(hourFrom(0), false, signal);
    const second = await reader.read(hourFrom(60), true, signal);
    assert.deepEqual(second.window, hourFrom(60));
    assert.equal(state.asked.length, 2);
  });

  it('keeps the last answer when the source stops answering', async () => {
    const { state, source } = countingSource();
    const reader = new FiguresReader(source);
    const first = await reader.read(hourFrom(0), false, signal);
    state.fail = true;
    await assert.rejects(reader.read(hourFrom(60), true, signal), /no server/);
    assert.equal(reader.last, first);
  });
});
