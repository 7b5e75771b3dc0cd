import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { runCommandLine } from '../../../src/cli/runCommandLine.ts';
import { otlpOf } from '../../support/sendOtlp.ts';
import { makeSpan } from '../../support/span.ts';
import { startTestServer } from '../../support/testServer.ts';

const request = makeSpan({
  id: '00f067aa0ba902b7',
  name: 'GET /orders',
  kind: 'server',
  start: 1_700_000_000_000_000,
  duration: 5_000,
  attributes: { 'http.route': '/orders', 'http.request.method': 'GET' },
});
const whole = JSON.stringify(otlpOf([request]));
const withoutIds = whole.replaceAll(/"(traceId|spanId)":"\w+"/g, '"$1":""');

interface Json {
  readonly traces?: readonly unknown[];
  readonly spans?: readonly unknown[];
  readonly endpoints?: readonly unknown[];
  readonly basis?: string;
  readonly dropped: { count: number; reasons: readonly { position: string; reason: string }[] };
}

describe('spans that can not be read, on the command line', function () {
  this.timeout(60_000);
  let folder: string;
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-cli-'));
    const files = {
      'ids.json': withoutIds,
      'part.jsonl': `${whole}\n${withoutIds}\n${whole.slice(0, 40)}`,
      'whole.json': whole,
      'none.json': '{"resourceSpans":[]}',
      'null.json': '{"data":null,"errors":null}',
      'metrics.json': '{"resourceMetrics":[]}',
    };
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  async function spanhop(...args: string[]) {
    const out: string[] = [];
    const err: string[] = [];
    const terminal = {
      out: (line: string) => void out.push(line),
      err: (line: string) => void err.push(line),
      isTerminal: false,
      env: { SPANHOP_DATABASE: join(folder, 'none.db') },
      cwd: folder,
    };
    const code = await runCommandLine(args, terminal, new AbortController().signal);
    return { code, out: out.join('\n'), err: err.join('\n') };
  }
  const jsonOf = (text: string) => JSON.parse(text) as Json;

  for (const command of ['trace', 'map', 'endpoints'])
    it(`${command} ends with 1 and the reason where nothing could be read`, async () => {
      const text = await spanhop(command, 'ids.json');
      assert.equal(text.code, 1);
      assert.match(text.err, /ids\.json.*missing or all-zero trace ID/);
      assert.doesNotMatch(text.out, / all requests/);
      const json = await spanhop(command, 'ids.json', '--json');
      assert.equal(json.code, 1);
      const { dropped, traces, spans, endpoints } = jsonOf(json.out);
      assert.deepEqual(traces ?? spans ?? endpoints, []);
      assert.deepEqual(dropped, {
        count: 1,
        reasons: [
          {
            position: 'resourceSpans[0].scopeSpans[0].spans[0]',
            reason: 'missing or all-zero trace ID',
          },
        ],
      });
    });

  for (const command of ['trace', 'map', 'endpoints'])
    it(`${command} shows the rest and says what is missing`, async () => {
      const text = await spanhop(command, 'part.jsonl');
      assert.equal(text.code, 0);
      const told = text.out + text.err;
      assert.match(text.out, /GET \/orders/);
      assert.equal(told.match(/Couldn't read 2 items in/g)?.length, 1, told);
      assert.match(told, /First: line 2, resourceSpans.*Other reasons: truncated/);
      const { dropped } = jsonOf((await spanhop(command, 'part.jsonl', '--json')).out);
      assert.deepEqual([dropped.count, dropped.reasons.length], [2, 2]);
    });

  it('compare ends with 1 and the reason where nothing of a trace could be read, else says what is missing', async () => {
    writeFileSync(join(folder, 'other.json'), whole.replaceAll(request.traceId, 'b'.repeat(32)));
    const nothing = await spanhop('compare', 'other.json', 'ids.json');
    assert.equal(nothing.code, 1);
    assert.match(nothing.err, /ids\.json.*missing or all-zero trace ID/);
    const part = await spanhop('compare', 'other.json', 'part.jsonl');
    assert.equal(part.code, 0);
    assert.match(part.out, /^Second trace: Couldn't read 2 items in/m);
  });

  it('endpoints counts every request only where every span could be read', async () => {
    const basisOf = async (file: string) =>
      (await spanhop('endpoints', file)).out.split('\n').at(-1);
    assert.match((await basisOf('whole.json')) ?? '', / · all requests\./);
    assert.match((await basisOf('part.jsonl')) ?? '', / · all readable requests\./);
  });

  it('nothing dropped is said too, as JSON', async () => {
    const { out, code } = await spanhop('trace', 'whole.json', '--json');
    assert.equal(code, 0);
    assert.deepEqual(jsonOf(out).dropped, { count: 0, reasons: [] });
  });

  for (const [file, words] of [
    ['none.json', /none\.json contains no traces\.$/],
    ['null.json', /null\.json contains no traces\.$/],
    ['metrics.json', /metrics\.json contains metrics or logs, but no traces\.$/],
  ] as const)
    for (const command of ['trace', 'map', 'endpoints'])
      it(`${command} of ${file} ends with 1 and says what is in it`, async () => {
        const { code, err } = await spanhop(command, file);
        assert.equal(code, 1);
        assert.match(err, words);
      });

  describe('from Jaeger', () => {
    const short = '8448eb211c80319c';
    const padded = short.padStart(32, '0');
    /** As Jaeger writes a trace whose id has 64 bits. */
    const answer = {
      data: [
        {
          traceID: short,
          processes: { p1: { serviceName: 'shop', tags: [] } },
          spans: [
            {
              traceID: short,
              spanID: '00f067aa0ba902b7',
              operationName: 'GET /orders',
              startTime: 1_700_000_000_000_000,
              duration: 5,
              processID: 'p1',
            },
            { traceID: short, spanID: 'no id', operationName: 'lost', processID: 'p1' },
          ],
        },
      ],
    };

    for (const id of [short, short.toUpperCase(), padded, ` ${short} `, `0x${short}`])
      it(`${JSON.stringify(id)} opens its trace, and says what of it is missing`, async () => {
        const asked: string[] = [];
        const server = await startTestServer((message, response) => {
          asked.push(message.url ?? '');
          response.setHeader('content-type', 'application/json');
          const isTrace = message.url?.startsWith('/api/traces/') ?? false;
          response.end(JSON.stringify(isTrace ? answer : { data: ['shop'] }));
        });
        try {
          const text = await spanhop('trace', id, '--jaeger', server.url);
          assert.equal(text.code, 0, text.err);
          assert.match(text.out, new RegExp(`^${padded} `));
          assert.match(text.out, /Couldn't read 1 item in the Jaeger response/);
          const json = await spanhop('map', id, '--jaeger', server.url, '--json');
          const { spans, dropped } = jsonOf(json.out);
          assert.deepEqual([spans?.length, dropped.count], [1, 1]);
          assert.ok(asked.includes(`/api/traces/${padded}`), asked.join(' '));
        } finally {
          await server.close();
        }
      });
  });
});
