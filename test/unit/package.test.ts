import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { packagedFiles } from '../../scripts/package.mjs';

const root = resolve(import.meta.dirname, '../..');

describe('the package', () => {
  let names: readonly string[] = [];
  let unwanted: readonly string[] = [];
  before(async function () {
    this.timeout(120_000); // It walks every file of the checkout, the sample's packages too.
    ({ names, unwanted } = await packagedFiles());
  });

  it('holds bundles, words and pictures, and nothing else', () => {
    assert.deepEqual(unwanted, []);
  });

  it('holds no source, test, sample, map or module', () => {
    const strange = /(^|\/)(src|test|samples|scripts|bench|node_modules|out)\/|\.(ts|tsx|map|mjs)$/;
    assert.deepEqual(
      names.filter((name) => strange.test(name)),
      [],
    );
  });

  it('holds every file that the manifest names', () => {
    const manifest = readFileSync(join(root, 'package.json'), 'utf8');
    const named = [...manifest.matchAll(/"(?:\.\/)?(media\/[^"]+|l10n|package\.nls[^"]*)"/g)];
    const missing = named
      .map(([, path = '']) => path)
      .filter((path) => !names.some((name) => name === path || name.startsWith(`${path}/`)));
    assert.deepEqual(missing, []);
    for (const name of ['package.json', 'package.nls.json', 'package.nls.ko.json', 'LICENSE']) {
      assert.ok(names.includes(name), name);
    }
  });
});
