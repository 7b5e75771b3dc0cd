import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

describe('packing the extension', () => {
  it('warns of nothing, and puts licenses and the README for the package in', function () {
    this.timeout(600_000); // It walks every file of the checkout, the sample’s packages too.
    const script =
      "import { packageExtension } from './scripts/package.mjs';\n" +
      "console.log('\\n' + JSON.stringify((await packageExtension()).names));";
    const env = { ...process.env, GITHUB_ACTIONS: '' }; // vsce words its warnings otherwise there
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ['--input-type=module', '--eval', script],
      { cwd: root, env, encoding: 'utf8' },
    );
    assert.equal(status, 0, stderr);
    assert.doesNotMatch(stdout + stderr, /WARNING|ERROR/);
    const names = JSON.parse(stdout.trimEnd().split('\n').at(-1) ?? '') as string[];
    for (const name of ['dist/ThirdPartyNotices.txt', 'out/README.md', 'LICENSE'])
      assert.ok(names.includes(name), name);
  });
});
