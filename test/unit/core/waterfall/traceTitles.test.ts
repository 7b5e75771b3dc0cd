import fc from 'fast-check';
import assert from 'node:assert/strict';
import { epochMicroseconds, microseconds } from '../../../../src/core/base/units.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import {
  titledTrace,
  traceTitles,
  type TitledTrace,
} from '../../../../src/core/waterfall/traceTitles.ts';
import { makeSpan } from '../../../support/span.ts';

const clock = (start: number) => `14:03:${String(start).padStart(2, '0')}`;
const trace = (traceId: string, duration: number, start = 0, operation = 'GET /orders/:id') => ({
  traceId,
  operation,
  duration: microseconds(duration),
  start: epochMicroseconds(start),
});
const titles = (...traces: readonly TitledTrace[]) => traceTitles(traces, clock);

describe('titles of open traces', () => {
  it('name the request, not the preflight that began before it', () => {
    const { trace } = buildTrace([
      makeSpan({ id: 'a', parent: 'gone', name: 'OPTIONS /orders', start: 1, duration: 2 }),
      makeSpan({ id: 'b', parent: 'lost', name: 'POST /orders', start: 5, duration: 90 }),
    ]);
    assert.equal(titledTrace(trace).operation, 'POST /orders');
  });

  it('are the route and the duration', () => {
    assert.deepEqual(titles(trace('aa', 326_000), trace('bb', 12_000)), [
      'GET /orders/:id · 326 ms',
      'GET /orders/:id · 12 ms',
    ]);
  });

  it('say when traces began that would look the same, and their ids where that is the same too', () => {
    assert.deepEqual(
      titles(trace('aa', 326_000, 7), trace('bb', 326_400, 8), trace('cc', 9_000, 9)),
      [
        'GET /orders/:id · 326 ms · 14:03:07',
        'GET /orders/:id · 326 ms · 14:03:08',
        'GET /orders/:id · 9 ms',
      ],
    );
    assert.deepEqual(titles(trace('aa', 326_000, 7), trace('bb', 326_000, 7)), [
      'GET /orders/:id · 326 ms · 14:03:07 · aa',
      'GET /orders/:id · 326 ms · 14:03:07 · bb',
    ]);
  });

  it('of a trace without a name begin with its id; long and hidden text is made short and visible', () => {
    assert.deepEqual(titles(trace('0af7651916cd43dd', 5_000, 0, '')), ['0af76519 · 5 ms']);
    const [long = ''] = titles(trace('aa', 5_000, 0, `\u202e${'x'.repeat(500)}`));
    assert.ok(long.startsWith('[U+202E]xx') && long.length < 90, long);
  });

  it('are never the same for two traces', () => {
    const some = fc.record({
      traceId: fc.stringMatching(/^[0-9a-f]{9}$/),
      operation: fc.constantFrom('GET /a', 'GET /b', ''),
      duration: fc.integer({ min: 0, max: 9 }).map(microseconds),
      start: fc.integer({ min: 0, max: 2 }).map(epochMicroseconds),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(some, { selector: ({ traceId }) => traceId, maxLength: 12 }),
        (traces) => {
          assert.equal(new Set(titles(...traces)).size, traces.length);
        },
      ),
    );
  });
});
