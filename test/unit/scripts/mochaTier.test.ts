import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';

import { runMocha } from '../../../scripts/mochaTier.mjs';
import { root } from '../../../scripts/setup.mjs';

describe("a tier's run of mocha", function () {
  this.timeout(60_000);
  let folder = '';
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'spanhop-tier-'))));
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  const run = (texts: Readonly<Record<string, string>>, processes = 1) => {
    const files = Object.entries(texts).map(([name, text]) => {
      writeFileSync(join(folder, name), text);
      return relative(root, join(folder, name)).split(sep).join('/');
    });
    const limits = { testTimeoutMs: 5_000, tierTimeoutMs: 50_000 };
    return runMocha({ files, processes, ...limits, everyTest: false, log: () => undefined });
  };

  it('fails where a file of it has no test that ran or was skipped', async () => {
    const { passed, skipped, failures } = await run({
      'ran.test.cjs': "it('one', () => {}); it('two', () => {});",
      'skipped.test.cjs': "it('late', function () { this.skip(); });",
      'empty.test.cjs': "if (process.env.NEVER_SET) it('never', () => {});",
    });
    assert.deepEqual([passed, skipped], [2, 1]);
    assert.equal(failures.length, 1);
    assert.match(failures[0] ?? '', /^mocha ran no test of .*empty\.test\.cjs$/);
  });

  it('counts what several processes ran, and says what failed in any of them', async () => {
    const texts = Object.fromEntries(
      ['a', 'b', 'c', 'd', 'e'].map((name) => [
        `${name}.test.cjs`,
        `it('passes', () => {}); it('fails', () => { throw new Error('${name}, ${'long '.repeat(name.charCodeAt(0))}'); }); it('late');`,
      ]),
    );
    const { passed, skipped, failures } = await run(texts, 2);
    assert.deepEqual([passed, skipped], [5, 5]);
    const named = failures.map((failure) => /Error: (.), long/.exec(failure)?.[1]).sort();
    assert.deepEqual(named, ['a', 'b', 'c', 'd', 'e']);
  });

  it('fails where a file says that only some of its tests count', async () => {
    const { failures } = await run({
      'only.test.cjs': "it.only('one', () => {}); it('two', () => {});",
    });
    assert.match(failures.join('\n'), /forbid/);
  });
});
