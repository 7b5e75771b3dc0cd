import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { runCommandLine } from '../../../src/cli/runCommandLine.ts';
import { jaegerJson } from '../../../src/core/trace/export/traceJaeger.ts';
import { assertGolden } from '../../support/goldenText.ts';
import { nPlusOne } from '../../support/nPlusOne.ts';

const fixture = (path: string) => fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url));
const recorded = fixture('otlp/nest-prisma.json');
/** Two requests to `POST /users` among the recorded ones. */
const [fast, slow] = ['5801da477fbf6ce9e7e873802600957c', 'b1614a2cbe641c0e44e6f4972ccb57ac'];

interface Compared {
  readonly traces: readonly { traceId: string; name: string; duration: number; source: string }[];
  readonly sentence: string;
  readonly lines: readonly {
    file: string;
    line: number;
    symbol: string;
    confidence: string;
    calls: readonly [number, number];
    self: readonly [number, number];
    critical: readonly [number, number];
  }[];
  readonly lineCount: number;
  readonly paths: readonly {
    parent: number | null;
    file: string | null;
    calls: readonly [number, number];
    critical: readonly [number, number];
  }[];
  readonly pathCount: number;
}

describe('spanhop compare', function () {
  this.timeout(60_000);
  let folder: string;
  /** `GET /users/all` with 2 and with 22 queries in its loop, a trace a file. */
  const loop = (calls: number) => join(folder, `loop-${calls}.json`);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-compare-'));
    for (const calls of [2, 22]) {
      const { traceId, spans } = nPlusOne(calls, 1_000_000);
      const id = String(calls).padStart(32, '0');
      const text = [...jaegerJson(traceId, spans)].join('').replaceAll(traceId, id);
      writeFileSync(loop(calls), text);
    }
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs on the code of the recorded spans. */
  async function spanhop(args: readonly string[], signal = new AbortController().signal, env = {}) {
    const out: string[] = [];
    const err: string[] = [];
    const terminal = {
      out: (line: string) => void out.push(line),
      err: (line: string) => void err.push(line),
      isTerminal: Object.keys(env).length > 0,
      env: { SPANHOP_DATABASE: join(folder, 'none.db'), ...env },
      cwd: fixture('apps/users'),
    };
    const code = await runCommandLine(args, terminal, signal);
    const shown = (lines: readonly string[]) =>
      lines.join('\n').replaceAll(fixture(''), '<fixtures>/');
    return { code, text: shown(out), err: shown(err) };
  }
  const compare = (...args: string[]) => spanhop(['compare', ...args]);
  const json = async (...args: string[]) =>
    JSON.parse((await compare(...args, '--json')).text) as Compared;

  it('says in a sentence how two requests differ, then on which lines and in which calls', async () => {
    const { code, text, err } = await compare(fast, slow, recorded);
    assert.deepEqual([code, err], [0, '']);
    assertGolden(new URL('compare.golden.txt', import.meta.url), text);
  });

  it('names the line that one of them runs more often', async () => {
    const { text } = await compare(loop(2), loop(22));
    const [sentence = '', ...rest] = text.split('\n');
    const call = 'post.findMany in UsersService.nPlusOne';
    assert.equal(sentence, `1 s slower: 22 × ${call} instead of 2 (+1 s) at users.service.ts:18.`);
    const [line] = rest.filter((one) => one.includes(call));
    assert.match(
      line ?? '',
      /^ *2 → 22 {2}100 ms → 1\.1 s +\+1 s .*src\/users\/users\.service\.ts:18$/,
    );
    const [faster] = (await compare(loop(22), loop(2))).text.split('\n');
    assert.equal(faster, `1 s faster: 2 × ${call} instead of 22 (-1 s) at users.service.ts:18.`);
  });

  it('tells the same as JSON: pairs of numbers, of the first trace and of the second', async () => {
    const { traces, sentence, lines, lineCount, paths, pathCount } = await json(loop(2), loop(22));
    assert.deepEqual(
      traces.map(({ traceId, name, duration, source }) => [traceId, name, duration, source]),
      [2, 22].map((calls) => [
        String(calls).padStart(32, '0'),
        'GET /users/all',
        calls * 50_000 + 100_000,
        `file ${loop(calls)}`,
      ]),
    );
    assert.match(sentence, /^1 s slower: 22 ×/);
    assert.deepEqual(lines[0], {
      file: 'src/users/users.service.ts',
      line: 18,
      symbol: 'post.findMany in UsersService.nPlusOne',
      confidence: 'strong',
      calls: [2, 22],
      errors: [0, 0],
      self: [100_000, 1_100_000],
      critical: [100_000, 1_100_000],
    });
    assert.deepEqual([lineCount, pathCount], [lines.length, paths.length]);
    const roots = paths.filter(({ parent }) => parent === null);
    assert.deepEqual(
      [0, 1].map((side) => roots.reduce((sum, { critical }) => sum + critical[side]!, 0)),
      traces.map(({ duration }) => duration),
    );
    for (const [at, { parent }] of paths.entries()) assert.ok((parent ?? -1) < at);
  });

  it('takes the slowest of a file with several traces, says so, and takes an ID beside a file', async () => {
    const one = fixture('jaeger/head-v1-trace.json');
    const ofFiles = await compare(one, recorded);
    const [first] = (await compare(fast, slow, recorded)).text.split('\n');
    assert.equal(ofFiles.text.split('\n')[0], first);
    assert.equal(
      ofFiles.err,
      'Compared the slowest of 6 traces in file <fixtures>/otlp/nest-prisma.json. ' +
        'Use two trace IDs and the file to compare others.',
    );
    const { traces } = await json(slow, one, recorded);
    assert.deepEqual(
      traces.map(({ traceId }) => traceId),
      [slow, fast],
    );
  });

  it('colours a terminal only, and not where NO_COLOR says no', async () => {
    const args = ['compare', loop(2), loop(22)];
    const signal = new AbortController().signal;
    const { text: colored } = await spanhop(args, signal, { TERM: 'xterm' });
    assert.ok(colored.includes('\u001b['));
    const { text: plain } = await spanhop(args, signal, { NO_COLOR: '1' });
    assert.equal(plain, (await spanhop(args)).text);
    assert.ok(!plain.includes('\u001b'));
  });

  for (const [what, args, words, code] of [
    ['one trace', [fast], /^spanhop: compare requires two traces/, 2],
    ['a trace twice', [fast, fast.toUpperCase(), recorded], /^spanhop: Both are the same trace/, 2],
    ['a file twice', [recorded, join(recorded, '../nest-prisma.json')], /the same trace/, 2],
    ['a trace and its file', [slow, recorded, recorded], /^spanhop: Both are the same trace/, 2],
    ['an unknown ID', [fast, 'f'.repeat(32), recorded], /^spanhop: Trace f{32} isn't in /, 1],
    ['a missing file', [recorded, 'gone.json'], /^spanhop: Trace file not found: .*gone\.json/, 2],
    ['a missing source', [fast, slow], /^spanhop: No local traces found in .*none\.db/, 2],
  ] as const)
    it(`tells of ${what} in one sentence, by exit code ${code}`, async () => {
      const result = await compare(...args);
      assert.equal(result.code, code, result.err);
      assert.equal(result.text, '');
      assert.match(result.err, words);
      assert.ok(result.err.split('\n').length <= 2, result.err);
    });

  it('stops where it is interrupted', async () => {
    const stopped = await spanhop(['compare', loop(2), loop(22)], AbortSignal.abort());
    assert.deepEqual([stopped.code, stopped.text, stopped.err], [130, '', '']);
  });
});
