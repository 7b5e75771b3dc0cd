import assert from 'node:assert/strict';

import { Emitter } from '../../../../src/core/base/event.ts';
import { SourceError } from '../../../../src/core/base/sourceError.ts';
import { microseconds, spanRow } from '../../../../src/core/base/units.ts';
import type { LineTime, TraceTimes } from '../../../../src/core/correlate/lines/timesByLine.ts';
import { TraceLines, type TraceLinesOptions } from '../../../../src/host/waterfall/traceLines.ts';
import { silentLog } from '../../../support/silentLog.ts';

const path = '/shop/a.ts';
const time = (line: number, handlerFrom?: number): LineTime => ({
  location: { path, line, column: 3 },
  handlerFrom,
  calls: 1,
  errors: 0,
  total: microseconds(10),
  self: microseconds(5),
  rows: [spanRow(0)],
});
const timesOf = (...lines: LineTime[]): TraceTimes => ({ whole: microseconds(100), lines });

/** Waterfalls that come and go, and an engine that answers when it is told to. */
function setUp() {
  const changed = new Emitter<void>();
  const waterfalls: { shown: TraceLinesOptions['waterfalls']['shown'] } = { shown: undefined };
  const asked: { traceId: string; answer: (times: TraceTimes | Error) => Promise<void> }[] = [];
  const told: (readonly number[] | undefined)[] = [];
  const traceOf = (traceId: string) => ({
    times: () =>
      new Promise<TraceTimes>((resolve, reject) => {
        asked.push({
          traceId,
          answer: async (times) => {
            if (times instanceof Error) reject(times);
            else resolve(times);
            await new Promise(setImmediate);
          },
        });
      }),
    rowsAt: () => Promise.reject(new Error('not asked for')),
  });
  const lines = new TraceLines({
    waterfalls: {
      get shown() {
        return waterfalls.shown;
      },
      onShownChange: changed.event,
    },
    log: silentLog,
  });
  lines.onChange(() => told.push(lines.in(path)?.lines.map(({ line }) => line)));
  const show = (traceId: string | undefined) => {
    waterfalls.shown = traceId === undefined ? undefined : { traceId, trace: traceOf(traceId) };
    changed.fire();
  };
  return { lines, asked, told, show };
}

describe('the lines of the trace on the screen', () => {
  it('are read once it is there, and gone with it', async () => {
    const { lines, asked, told, show } = setUp();
    assert.equal(lines.in(path), undefined);
    show('a');
    assert.equal(lines.in(path), undefined);
    await asked[0]?.answer(timesOf(time(7), time(9, 8)));
    assert.deepEqual(
      lines.in(path)?.lines.map(({ line, firstLine }) => [line, firstLine]),
      [
        [7, 7],
        [9, 8],
      ],
    );
    assert.deepEqual(lines.in('/shop/other.ts')?.lines, []);
    show(undefined);
    assert.equal(lines.in(path), undefined);
    assert.deepEqual(told, [[7, 9], undefined]);
  });

  it('stay while the same trace is read again, and are never those of another', async () => {
    const { lines, asked, told, show } = setUp();
    show('a');
    await asked[0]?.answer(timesOf(time(7)));
    show('a');
    assert.equal(lines.in(path)?.lines.length, 1);
    await asked[1]?.answer(timesOf(time(8)));
    show('b');
    assert.equal(lines.in(path), undefined);
    show('c');
    await asked[3]?.answer(timesOf(time(3)));
    await asked[2]?.answer(timesOf(time(2)));
    assert.equal(lines.in(path)?.traceId, 'c');
    assert.deepEqual(told, [[7], [8], undefined, [3]]);
  });

  it('are none where they could not be read', async () => {
    const { lines, asked, show } = setUp();
    show('a');
    await asked[0]?.answer(new SourceError('notFound', 'no longer kept'));
    assert.equal(lines.in(path), undefined);
  });

  it('move with an edit', async () => {
    const { lines, asked, show } = setUp();
    show('a');
    await asked[0]?.answer(timesOf(time(7), time(20, 18)));
    const at = { line: 10, column: 1 };
    lines.edited(path, [{ start: at, end: at, lineBreaks: 2 }]);
    assert.deepEqual(
      lines.in(path)?.lines.map(({ line, firstLine }) => [line, firstLine]),
      [
        [7, 7],
        [22, 20],
      ],
    );
  });
});
