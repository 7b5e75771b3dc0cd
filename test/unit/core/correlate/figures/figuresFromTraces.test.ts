import assert from 'node:assert/strict';
import fc from 'fast-check';
import { epochMicroseconds } from '../../../../../src/core/base/units.ts';
import { figuresFromTraces } from '../../../../../src/core/correlate/figures/figuresFromTraces.ts';
import { makeSpan } from '../../../../support/span.ts';

const window = { start: epochMicroseconds(100), end: epochMicroseconds(200) };
const server = (
  start: number,
  duration: number,
  parts: { name?: string; traceId?: string; status?: 'error' } = {},
) => makeSpan({ id: String(start), kind: 'server', name: 'GET /a', start, duration, ...parts });

describe('figuresFromTraces', () => {
  it('counts the spans that start in the window, its start included and its end not', () => {
    const traces = [[server(99, 1), server(100, 2)], [server(199, 3)], [server(200, 4)]];
    const [row, ...others] = figuresFromTraces(traces, window);
    assert.deepEqual(others, []);
    assert.deepEqual([row?.durations.count, row?.durations.total], [2, 5]);
  });

  it('leaves out spans that answer no request', () => {
    const query = makeSpan({ id: 'q', parent: 'a', kind: 'client', start: 150, duration: 5 });
    assert.deepEqual(figuresFromTraces([[query]], window), []);
  });

  it('keeps rows apart by every part of their key', () => {
    const rows = figuresFromTraces([[server(100, 1), server(101, 1, { name: 'GET /b' })]], window);
    assert.deepEqual(
      rows.map(({ key }) => key.name),
      ['GET /a', 'GET /b'],
    );
  });

  it('names the slowest trace, also when it took no time', () => {
    const traces = [
      [server(100, 0, { traceId: '1' })],
      [server(101, 7, { traceId: '2' })],
      [server(102, 7, { traceId: '3' })],
    ];
    assert.equal(figuresFromTraces(traces.slice(0, 1), window)[0]?.slowestTraceId, '1');
    assert.equal(figuresFromTraces(traces, window)[0]?.slowestTraceId, '2');
  });

  it('counts, errors, total and max do not depend on the order of the traces', () => {
    const traces = [3, 1, 4, 1, 5].map((duration, index) => [
      server(100 + index, duration, index === 2 ? { status: 'error' } : {}),
    ]);
    fc.assert(
      fc.property(fc.shuffledSubarray(traces, { minLength: 5 }), (shuffled) => {
        const [row] = figuresFromTraces(shuffled, window);
        assert.deepEqual(
          [row?.durations.count, row?.errors?.count, row?.durations.total, row?.durations.max],
          [5, 1, 14, 5],
        );
      }),
    );
  });
});
