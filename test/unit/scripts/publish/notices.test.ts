import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { build } from 'esbuild';

import { bundles, common } from '../../../../scripts/bundles.mjs';
import { bundledFolders, noticesFor } from '../../../../scripts/publish/notices.mjs';

const root = resolve(import.meta.dirname, '../../../..');

describe('the notices of third parties', function () {
  this.timeout(120_000);
  let inputs: string[] = [];
  let notices = '';
  before(async () => {
    for (const bundle of bundles) {
      const { metafile } = await build({ ...common, ...bundle, write: false, metafile: true });
      inputs.push(...Object.keys(metafile.inputs));
    }
    inputs = inputs.map((input) => input.replaceAll('\\', '/'));
    notices = await noticesFor(inputs);
  });

  it('name every package that a bundle holds, with its version and license text', () => {
    const folders = bundledFolders(inputs);
    assert.ok(folders.length > 20, folders.join());
    for (const name of ['typescript', 'protobufjs', 'preact', 'zod', 'axios', 'cassandra-driver'])
      assert.ok(folders.includes(`node_modules/${name}`), name);
    // Cassandra's driver asks for it, and the bundle leaves it out.
    assert.ok(!folders.includes('node_modules/adm-zip'));
    const ofPackages = inputs.filter((input) => input.includes('node_modules/'));
    const unnamed = ofPackages.filter((input) => {
      const folder = folders.findLast((each) => input.startsWith(`${each}/`));
      if (folder === undefined) return true;
      const { name, version } = JSON.parse(
        readFileSync(join(root, folder, 'package.json'), 'utf8'),
      ) as { name: string; version: string };
      return !notices.includes(`\n${name} ${version} (`);
    });
    assert.deepEqual(unnamed, []);
  });

  it('have a license of some length below each name', () => {
    const parts = notices.split(`\n${'='.repeat(80)}\n`).slice(1);
    assert.equal(parts.length, bundledFolders(inputs).length + 1);
    for (const part of parts) {
      const [name = '', , ...text] = part.trim().split('\n');
      assert.ok(text.join('\n').length > 400, `${name}: ${text.length}`);
      assert.match(part, /copyright|licen[cs]e/i, name);
      assert.doesNotMatch(name, /undefined/);
    }
  });

  it('name what is copied into the sources too', () => {
    assert.match(notices, /\nopentelemetry-proto \(Apache-2\.0\)\n/);
  });

  it('cannot be written while a license is missing', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'spanhop-notices-'));
    try {
      const unlicensed = join(folder, 'node_modules', 'unlicensed');
      mkdirSync(unlicensed, { recursive: true });
      const manifest = { name: 'unlicensed', version: '1.0.0', license: 'MIT' };
      writeFileSync(join(unlicensed, 'package.json'), JSON.stringify(manifest));
      writeFileSync(join(unlicensed, 'README.md'), '# unlicensed\n\n## License\n\nMIT\n');
      const input = relative(root, join(unlicensed, 'index.js')).replaceAll('\\', '/');
      await assert.rejects(
        noticesFor([input]),
        /^Error: unlicensed 1\.0\.0 is bundled and has no license text\.$/,
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
