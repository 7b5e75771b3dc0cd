import assert from 'node:assert/strict';

import { readCommandLine } from '../../../src/cli/commandLine.ts';
import { UsageError } from '../../../src/core/base/usageError.ts';

function read(...args: string[]) {
  const line = readCommandLine(['traces', ...args], () => false);
  assert.ok(line.command === 'traces');
  return line;
}

describe('spanhop traces', () => {
  it('finds the newest twenty of the last hour, of a file all times', () => {
    const { query, time, json } = read('--local', 'x.db');
    assert.deepEqual(query, {
      service: undefined,
      operation: undefined,
      attributes: [],
      minDuration: undefined,
      maxDuration: undefined,
      errorsOnly: false,
      limit: 20,
      order: 'newest',
    });
    assert.deepEqual([time, json], [{ minutes: 60 }, false]);
    assert.deepEqual(read('answer.json').time, { minutes: undefined });
    assert.deepEqual(read('answer.json', '--window', '15m').time, { minutes: 15 });
  });

  it('takes every condition, attributes more than once', () => {
    const { query } = read(
      ...['x.json', '--service', 'shop-api', '--operation', 'GET /orders/:id', '--errors'],
      ...['--attribute', 'http.route=/a=b', '--attribute', ' user.id = 7', '--attribute', 'empty='],
      ...['--min-duration', '1s', '--max-duration', '1 min', '--limit', '5', '--sort', 'slowest'],
    );
    assert.deepEqual(query, {
      service: 'shop-api',
      operation: 'GET /orders/:id',
      attributes: [
        { key: 'http.route', value: '/a=b' },
        { key: 'user.id', value: ' 7' },
        { key: 'empty', value: '' },
      ],
      minDuration: 1_000_000,
      maxDuration: 60_000_000,
      errorsOnly: true,
      limit: 5,
      order: 'slowest',
    });
  });

  it('takes a length of time in the units that the filter takes', () => {
    const micros = (text: string) => read('x.json', '--min-duration', text).query.minDuration;
    assert.deepEqual(
      ['500us', '500µs', '500μs', '250ms', '1.2s', '2m', '1min30s', '1h', '800ns'].map(micros),
      [500, 500, 500, 250_000, 1_200_000, 120_000_000, 90_000_000, 3_600_000_000, 0.8],
    );
  });

  it('takes times from, to, or both, ISO or in microseconds', () => {
    const noon = Date.UTC(2026, 10, 29, 12) * 1_000;
    const time = (...args: string[]) => read('x.json', ...args).time;
    assert.deepEqual(time('--from', '2026-11-29T12:00:00Z', '--to', String(noon)), {
      from: noon,
      to: noon,
    });
    assert.deepEqual(time('--from', '5'), { from: 5, to: undefined });
    assert.deepEqual(time('--to', '5'), { from: undefined, to: 5 });
  });

  for (const [args, words] of [
    [['--attribute', 'http.route'], /^Invalid --attribute "http\.route"\. Use KEY=VALUE\.$/],
    [['--attribute', '=x'], /Use KEY=VALUE/],
    [['--min-duration', '5'], /^Invalid --min-duration "5"\. Use a number and a unit/],
    [['--max-duration', 'long'], /^Invalid --max-duration "long"/],
    [['--min-duration', '2s', '--max-duration', '1s'], /^--min-duration can't be longer/],
    [['--from', 'noon'], /^Invalid --from "noon"\. Use an ISO time/],
    [['--from', '2', '--to', '1'], /^--from can't be later than --to\.$/],
    [['--window', '1h', '--to', '1'], /^Use either --window or --from and --to\.$/],
    [['--sort', 'p95'], /^Invalid --sort "p95"\. Use newest or slowest\.$/],
    [['--service', 'a', '--service', 'b'], /^Use --service only once/],
    [['--limit', '0'], /Use a whole number from 1/],
    [['y.json'], /Unexpected argument "y\.json" for traces/],
  ] as const)
    it(`refuses "${args.join(' ')}" with a sentence`, () => {
      assert.throws(
        () => read('x.json', ...args),
        (error) => error instanceof UsageError && words.test(error.message),
      );
    });

  for (const [command, ...args] of [
    ['endpoints', '--errors'],
    ['trace', 'x.json', '--attribute', 'a=b'],
    ['map', 'x.json', '--from', '5'],
  ] as const)
    it(`${command} refuses ${args.at(-2) ?? ''} instead of leaving it out`, () => {
      assert.throws(
        () => readCommandLine([command, ...args], () => false),
        /can't be used with \w+, only with traces\.$/,
      );
    });
});
