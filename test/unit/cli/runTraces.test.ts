import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { pointInTimeText } from '../../../src/cli/pointInTime.ts';
import { runCommandLine } from '../../../src/cli/runCommandLine.ts';
import { epochMicroseconds } from '../../../src/core/base/units.ts';
import { makeSpan, type SpanSketch } from '../../support/span.ts';
import { otlpOf } from '../../support/sendOtlp.ts';

const start = epochMicroseconds(Date.UTC(2026, 10, 29, 18) * 1_000 + 123);
const traceId = (n: number) => String(n).repeat(32);
const span = (trace: number, n: number, sketch: Partial<SpanSketch>) =>
  makeSpan({ traceId: traceId(trace), id: `${String(trace)}${String(n)}`.repeat(8), ...sketch });

/**
 *   1  GET /a   0 s ── 1 s            tier=gold
 *   2  GET /b   1 s ───── 3 s         tier=gold, fails
 *        query  1 s ─ 1.25 s          tier=silver
 *   3  GET /a   2 s ─ 2.00025 s       tier=silver
 */
const spans = [
  span(1, 1, { name: 'GET /a', start, duration: 1_000_000, attributes: { tier: 'gold' } }),
  span(2, 1, {
    name: 'GET /b',
    start: start + 1_000_000,
    duration: 2_000_000,
    status: 'error',
    attributes: { tier: 'gold' },
  }),
  span(2, 2, {
    name: 'query',
    parent: '2121212121212121',
    start: start + 1_000_000,
    duration: 250_000,
    attributes: { tier: 'silver' },
  }),
  span(3, 1, {
    name: 'GET /a',
    service: 'a much longer name of a service',
    start: start + 2_000_000,
    duration: 250,
    attributes: { tier: 'silver' },
  }),
];

describe('the traces that spanhop lists', () => {
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-traces-'));
    writeFileSync(join(folder, 'traces.json'), JSON.stringify(otlpOf(spans)));
    writeFileSync(join(folder, 'cut.jsonl'), `${JSON.stringify(otlpOf(spans))}\n{ "resource`);
    writeFileSync(join(folder, 'empty.json'), '{ "resourceSpans": [] }');
  });
  after(() => rmSync(folder, { recursive: true }));

  async function traces(...args: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const code = await runCommandLine(
      ['traces', ...args],
      {
        out: (line) => void out.push(line),
        err: (line) => void err.push(line),
        isTerminal: false,
        env: {},
        cwd: folder,
      },
      new AbortController().signal,
    );
    return { code, out, err: err.join('\n') };
  }
  const numbers = async (...args: string[]) => {
    const { code, out } = await traces('traces.json', '--json', ...args);
    assert.equal(code, 0);
    const answer = JSON.parse(out.join('\n')) as { traces: readonly { traceId: string }[] };
    return answer.traces.map((one) => Number(one.traceId[0]));
  };

  it('are those of which one span meets every condition', async () => {
    assert.deepEqual(await numbers(), [3, 2, 1]);
    assert.deepEqual(await numbers('--sort', 'slowest', '--limit', '2'), [2, 1]);
    assert.deepEqual(await numbers('--attribute', 'tier=gold'), [2, 1]);
    assert.deepEqual(await numbers('--attribute', 'tier=silver', '--errors'), []);
    assert.deepEqual(
      await numbers('--attribute', 'tier=silver', '--min-duration', '250us'),
      [3, 2],
    );
    assert.deepEqual(await numbers('--max-duration', '249999us'), [3]);
    assert.deepEqual(await numbers('--max-duration', '250ms'), [3, 2]);
    assert.deepEqual(await numbers('--operation', 'GET /a', '--service', 'shop-api'), [1]);
  });

  it('start within the times that are named, both included', async () => {
    const [second, third] = [start + 1_000_000, start + 2_000_000].map(String) as [string, string];
    assert.deepEqual(await numbers('--from', second, '--to', second), [2]);
    assert.deepEqual(await numbers('--from', second, '--to', third), [3, 2]);
    assert.deepEqual(await numbers('--to', '2026-11-29T18:00:00.000123Z'), [1]);
    assert.deepEqual(await numbers('--to', '2026-11-29T18:00:00.000122Z'), []);
    assert.deepEqual(await numbers('--from', '2026-11-29T19:00:02.000123+01:00'), [3]);
  });

  it('are JSON with times in microseconds, and whether they are all', async () => {
    const { out } = await traces('traces.json', '--json', '--errors');
    assert.deepEqual(JSON.parse(out.join('\n')), {
      traces: [
        {
          traceId: traceId(2),
          rootService: 'shop-api',
          rootOperation: 'GET /b',
          start: start + 1_000_000,
          duration: 2_000_000,
          spanCount: 2,
          errorCount: 1,
          services: ['shop-api'],
        },
      ],
      complete: true,
      reason: '',
      dropped: { count: 0, reasons: [] },
    });
  });

  it('are a table whose columns stand below each other', async () => {
    const { out } = await traces('traces.json', '--limit', '3');
    const [one, two, three] = [2, 1, 0].map((seconds) =>
      pointInTimeText(epochMicroseconds(start + seconds * 1_000_000)),
    ) as [string, string, string];
    assert.deepEqual(out, [
      'start                    duration  spans  errors  service                         operation  trace ID',
      `${one}    250 µs      1       0  a much longer name of a servi…  GET /a     ${traceId(3)}`,
      `${two}       2 s      2       1  shop-api                        GET /b     ${traceId(2)}`,
      `${three}       1 s      1       0  shop-api                        GET /a     ${traceId(1)}`,
      '',
      'First 3 traces. Use --limit to show more.',
      `file ${join(folder, 'traces.json')} · all time`,
    ]);
  });

  it('say why they are not all', async () => {
    const { out } = await traces('cut.jsonl');
    assert.match(out.at(-1) ?? '', /^Incomplete: .{20}/);
    const { out: json } = await traces('cut.jsonl', '--json');
    const { complete, reason } = JSON.parse(json.join('\n')) as Record<string, unknown>;
    assert.equal(complete, false);
    assert.match(String(reason), /.{20}/);
  });

  it('are none, with what to do, where nothing matches', async () => {
    const { code, out } = await traces('traces.json', '--service', 'nobody');
    assert.equal(code, 0);
    assert.match(out[0] ?? '', /^No matching traces\. Extend the time range/);
  });

  it('can only be those of a source that has some', async () => {
    const { code, err } = await traces('empty.json');
    assert.equal(code, 1);
    assert.match(err, /empty\.json contains no traces/);
    assert.equal((await traces('missing.json')).code, 2);
  });
});
