import assert from 'node:assert/strict';

import { compareText } from '../../../src/cli/compareText.ts';
import { plain } from '../../../src/cli/paint.ts';
import type { LocatedLine } from '../../../src/core/correlate/lines/comparedLines.ts';
import type { LocatedCall } from '../../../src/core/explain/compare/comparedPlaces.ts';
import { epochMicroseconds, microseconds } from '../../../src/core/base/units.ts';
import type { ComparedTrace } from '../../../src/core/trace/compare/comparedTrace.ts';
import type { Sides } from '../../../src/core/trace/compare/comparison.ts';
import type { TraceComparison } from '../../../src/engine/methods.ts';

const ms = 1_000;
const none: Sides = [0, 0];

const trace = (id: string, duration: number, notes: readonly string[] = []): ComparedTrace => ({
  traceId: id.repeat(32),
  name: 'DELETE /orders/:id',
  start: epochMicroseconds(0),
  duration: microseconds(duration),
  size: 40,
  notes,
});

const at = (file: string, line: number) => ({ path: `/shop/${file}`, line, column: 0 });

let lastId = 0;
/** A call as a test writes it; times of the critical path in ms. */
const call = (
  name: string,
  parent: number,
  calls: Sides,
  [before, after]: Sides,
  more: Partial<LocatedCall> = {},
): LocatedCall => ({
  id: lastId++,
  parent,
  name,
  service: 'shop',
  location: undefined,
  confidence: 'unmapped',
  calls,
  errors: none,
  critical: [before * ms, after * ms],
  total: none,
  self: none,
  ...more,
});

const line = (number: number, [before, after]: Sides, errors = none): LocatedLine => ({
  location: at('src/orders.service.ts', number),
  symbol: `work${number}`,
  confidence: 'strong',
  calls: [1, 1],
  errors,
  self: [before * ms, after * ms],
  critical: none,
});

function textOf(comparison: Partial<TraceComparison>): readonly string[] {
  const { calls = [], lines = [] } = comparison;
  return compareText(
    {
      traces: [trace('a', 1_000 * ms), trace('b', 2_000 * ms)],
      calls,
      callCount: calls.length,
      lines,
      lineCount: lines.length,
      ...comparison,
    },
    '/shop',
    plain,
  );
}

/** The rows below the heading that has these words. */
function rowsBelow(lines: readonly string[], heading: string): readonly string[] {
  const at = lines.findIndex((text) => text.endsWith(`difference  ${heading}`));
  return at < 0 ? [] : lines.slice(at + 1, lines.indexOf('', at));
}
const pathHeading = 'no line known, with everything below';

describe('comparison text', () => {
  it('shows the largest differences in 40 lines below its sentence, and how many are left out', () => {
    const notes = ['one.', 'two.', 'three.', 'four.'];
    const lines = textOf({
      traces: [trace('a', 1_000 * ms, notes), trace('b', 2_000 * ms, notes)],
      calls: Array.from({ length: 60 }, (_, index) =>
        call(`call${index}`, -1, [1, 1], [10, 100 + index]),
      ),
      callCount: 2_060,
      lines: Array.from({ length: 30 }, (_, index) => line(index + 1, [0, 500 - index])),
      lineCount: 130,
    });
    assert.ok(lines.length <= 40, String(lines.length));
    const [first, ...others] = rowsBelow(lines, 'line');
    assert.match(
      first ?? '',
      / {2}0 µs → 500 ms {5}\+500 ms {2}work1 +src\/orders\.service\.ts:1$/,
    );
    assert.equal(others.at(-1), '115 more with smaller differences. Use --json to list them.');
    const paths = rowsBelow(lines, pathHeading);
    assert.match(paths[0] ?? '', /call59/);
    assert.equal(paths.at(-1), '2,054 more with smaller differences. Use --json to list them.');
  });

  it('leaves out what does not differ by more than noise', () => {
    const lines = textOf({
      calls: [call('same', -1, [1, 1], [1_000, 1_001])],
      lines: [line(1, [10, 11])],
    });
    assert.deepEqual([rowsBelow(lines, 'line'), rowsBelow(lines, pathHeading)], [[], []]);
    assert.ok(!lines.join('\n').includes('more with'));
  });

  it('shows what only failed in one trace, of what leads there the last', () => {
    const failed = { errors: [0, 1] as const };
    const lines = textOf({
      calls: [
        call('GET /orders', -1, [1, 1], [100, 100], failed),
        call('POST pricing', 0, [1, 1], [50, 50], failed),
        call('POST tax', 0, [2, 2], [20, 20], { errors: [1, 1] }),
      ],
      lines: [line(1, [10, 10]), line(2, [10, 10], [0, 1])],
    });
    assert.deepEqual(rowsBelow(lines, 'line'), [
      '1 · 0 → 1 failed          10 ms        0 µs  work2         src/orders.service.ts:2',
    ]);
    assert.deepEqual(rowsBelow(lines, pathHeading), [
      '1 · 0 → 1 failed          50 ms        0 µs  POST pricing  GET /orders',
    ]);
  });

  it('shows a call without a line below what leads to it, from the last line that is known', () => {
    const lines = textOf({
      calls: [
        call('DELETE /orders/:id', -1, [1, 1], [1_000, 2_000]),
        call('OrdersService.remove', 0, [1, 1], [900, 1_900], {
          location: at('src/orders.service.ts', 30),
          confidence: 'strong',
        }),
        call('POST pricing', 1, [1, 1], [800, 1_800]),
        call('SELECT rates', 2, [2, 22], [790, 1_790]),
        call('pg.query in OrdersService.remove', 1, [1, 9], [1, 40], {
          location: at('src/orders.service.ts', 28),
          confidence: 'weak',
        }),
      ],
    });
    assert.deepEqual(rowsBelow(lines, pathHeading), [
      '2 → 22  790 ms → 1.79 s        +1 s  SELECT rates                      orders.service.ts:30 › POST pricing',
      ' 1 → 9     1 ms → 40 ms      +39 ms  pg.query in OrdersService.remove  orders.service.ts:30',
    ]);
  });

  it('leaves out calls that are more because what calls them is', () => {
    const lines = textOf({
      calls: [
        call('GET /rates', -1, [0, 3], [0, 300]),
        call('router', 0, [0, 3], [0, 299]),
        call('SELECT', 1, [0, 30], [0, 290]),
      ],
    });
    const names = rowsBelow(lines, pathHeading).map((text) => text.trim().split(/ {2,}/)[3]);
    assert.deepEqual(names, ['GET /rates', 'SELECT']);
  });

  it('prints nothing of a span that a terminal obeys', () => {
    const evil = 'GET \u009b2J\u001b[31m\u202e/x';
    const text = textOf({
      traces: [{ ...trace('a', ms, [evil]), name: evil }, trace('b', 900 * ms)],
      calls: [call(evil, -1, [1, 1], [1, 900]), call(evil, 0, [1, 2], [1, 800])],
      lines: [{ ...line(1, [0, 900]), symbol: evil, location: at(`src/${evil}.ts`, 1) }],
    }).join('\n');
    assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });
});
