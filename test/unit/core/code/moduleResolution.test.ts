import assert from 'node:assert/strict';
import { extractConfig, type ConfigFacts } from '../../../../src/core/code/configFacts.ts';
import { ModuleResolution } from '../../../../src/core/code/language/program/moduleResolution.ts';

function resolver(
  sources: readonly string[],
  configs: Readonly<Record<string, string>> = {},
): (from: string, specifier: string) => string | undefined {
  const facts = new Map<string, ConfigFacts>();
  for (const [path, text] of Object.entries(configs)) {
    const found = extractConfig(path, text);
    if (found) facts.set(path, found);
  }
  const modules = new ModuleResolution((path) => sources.includes(path), facts);
  return (from, specifier) => modules.resolve(from, specifier);
}

describe('imports of the workspace', () => {
  it('relative ones find files, index files, and the source of a .js import', () => {
    const resolve = resolver(['/w/a/b.ts', '/w/a/dir/index.ts', '/w/c.mts']);
    assert.equal(resolve('/w/a/x.ts', './b'), '/w/a/b.ts');
    assert.equal(resolve('/w/a/x.ts', './b.js'), '/w/a/b.ts');
    assert.equal(resolve('/w/a/x.ts', './dir'), '/w/a/dir/index.ts');
    assert.equal(resolve('/w/a/x.ts', '../c.mjs'), '/w/c.mts');
    assert.equal(resolve('/w/a/x.ts', './none'), undefined);
  });

  it('paths and baseUrl come from the nearest tsconfig, through extends and with comments', () => {
    const resolve = resolver(
      ['/w/libs/core/src/index.ts', '/w/apps/api/src/x.ts', '/w/libs/one.ts'],
      {
        '/w/tsconfig.base.json': `{ // base
        "compilerOptions": { "baseUrl": ".", "paths": { "@core": ["libs/core/src"], "@libs/*": ["none/*", "libs/*"], }, } }`,
        '/w/apps/api/tsconfig.json': `{ "extends": "../../tsconfig.base.json" }`,
      },
    );
    assert.equal(resolve('/w/apps/api/src/y.ts', '@core'), '/w/libs/core/src/index.ts');
    assert.equal(resolve('/w/apps/api/src/y.ts', '@libs/one'), '/w/libs/one.ts');
    assert.equal(resolve('/w/apps/api/src/y.ts', 'apps/api/src/x'), '/w/apps/api/src/x.ts');
    assert.equal(resolve('/w/apps/api/src/y.ts', 'express'), undefined);
  });

  it('a package of the workspace is its source, not its build', () => {
    const resolve = resolver(['/w/packages/db/src/index.ts', '/w/packages/db/src/client.ts'], {
      '/w/packages/db/package.json': `{ "name": "@acme/db", "exports": { ".": { "types": "./dist/index.d.ts" } } }`,
    });
    assert.equal(resolve('/w/apps/x.ts', '@acme/db'), '/w/packages/db/src/index.ts');
    assert.equal(resolve('/w/apps/x.ts', '@acme/db/client'), '/w/packages/db/src/client.ts');
  });

  it('src/… without a baseUrl is found from a folder above', () => {
    const resolve = resolver(['/w/api/src/users/user.ts']);
    assert.equal(resolve('/w/api/src/a/b.ts', 'src/users/user'), '/w/api/src/users/user.ts');
  });

  it('what no package.json installs is of the workspace, though its file isn’t there', () => {
    const config = `{ "name": "api", "dependencies": { "other": "1", "@acme/db": "workspace:*" }, "devDependencies": { "@types/express": "4" } }`;
    const facts = extractConfig('/w/package.json', config);
    assert.ok(facts);
    const modules = new ModuleResolution(() => false, new Map([['/w/package.json', facts]]));
    for (const name of ['other', 'other/sub', 'express', 'fs', 'node:fs']) {
      assert.ok(modules.isInstalled(name), name);
    }
    for (const name of ['@db', '@acme/db', '@/db', '#db', '$lib/db', 'src/db', 'api']) {
      assert.ok(!modules.isInstalled(name), name);
    }
  });

  it('tsconfigs that extend one another end, and what they say counts all the same', () => {
    const names = Array.from({ length: 12 }, (_, i) => `/w/tsconfig.c${i}.json`);
    const bases = names.map((name) => `.${name.slice(2)}`);
    const text = (paths: object) => JSON.stringify({ extends: bases, compilerOptions: paths });
    const resolve = resolver(['/w/lib/a.ts'], {
      ...Object.fromEntries(names.map((name) => [name, text({})])),
      '/w/tsconfig.c7.json': text({ paths: { '@lib/*': ['./lib/*'] } }),
      '/w/tsconfig.json': JSON.stringify({ extends: ['./tsconfig.c7.json'] }),
    });
    assert.equal(resolve('/w/x.ts', '@lib/a'), '/w/lib/a.ts');
  });
});
