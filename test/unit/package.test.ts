import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { packagedFiles } from '../../scripts/package.mjs';

const root = resolve(import.meta.dirname, '../..');

interface Manifest {
  readonly engines: { readonly vscode: string };
  readonly devDependencies: Readonly<Record<string, string>>;
  /** Of a lockfile. */
  readonly packages: Readonly<Record<string, { readonly version: string }>>;
}

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

  it('says on the marketplaces what it is, in categories and words that they have and people look for', () => {
    const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
      string,
      unknown
    >;
    const { pricing, qna, galleryBanner, categories, keywords } = manifest as {
      pricing: string;
      qna: string;
      galleryBanner: { color: string; theme: string };
      categories: string[];
      keywords: string[];
    };
    assert.deepEqual([pricing, qna, galleryBanner.theme], ['Free', 'marketplace', 'dark']);
    assert.match(galleryBanner.color, /^#[0-9a-f]{6}$/);
    for (const category of categories)
      assert.ok(['Debuggers', 'Visualization', 'Other'].includes(category), category);
    for (const word of ['opentelemetry', 'tracing', 'nestjs', 'prisma', 'jaeger', 'performance'])
      assert.ok(keywords.includes(word), word);
    // The VS Code Marketplace takes 30 at most.
    assert.ok(keywords.length <= 30);
    assert.equal(new Set(keywords).size, keywords.length);
  });

  it('holds no source, test, sample, map or module', () => {
    const strange =
      /(^|\/)(src|test|samples|scripts|bench|node_modules)\/|^out\/(?!README\.md$)|\.(ts|tsx|map|mjs)$/;
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

describe('the oldest editor', () => {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest;
  const { packages } = read('package-lock.json');
  const minor = (version = '') => /^(\d+\.\d+)\.\d+$/.exec(version)?.[1];

  it('that the manifest allows is the one whose API the types have', () => {
    const { engines, devDependencies } = read('package.json');
    assert.match(engines.vscode, /^\^\d+\.\d+\.0$/);
    const oldest = engines.vscode.slice(1);
    assert.equal(devDependencies['@types/vscode'], `~${oldest}`);
    assert.equal(minor(packages['node_modules/@types/vscode']?.version), minor(oldest));
  });

  it('has the Node whose API the types have, and that the bundles are built for', () => {
    // VS Code 1.101 is Electron 35, with Node 22.15.1 and Chromium 134.
    assert.equal(read('package.json').engines.vscode, '^1.101.0', 'look up its Node and Chromium');
    assert.equal(minor(packages['node_modules/@types/node']?.version), '22.15');
    const targets = readFileSync(join(root, 'scripts/bundles.mjs'), 'utf8').matchAll(
      /target: '([^']+)'/g,
    );
    assert.deepEqual(
      [...targets].map(([, target]) => target),
      ['node22.15', 'chrome134'],
    );
  });
});
