import assert from 'node:assert/strict';
import {
  serviceFolderCandidates,
  serviceFolderSetting,
} from '../../../../src/host/code/serviceFolders.ts';
import { meaningOf } from '../../../../src/host/code/sourceFiles.ts';

describe('a changed path', () => {
  it('is code, settings, perhaps a folder, or nothing to the index', () => {
    const meanings = {
      '/shop/src/main.ts': 'code',
      '/shop/src/main.mjs': 'code',
      '/shop/prisma/schema.prisma': 'code',
      '/shop/package.json': 'settings',
      '/shop/nest-cli.json': 'settings',
      '/shop/tsconfig.build.json': 'settings',
      '/shop/.env': 'settings',
      '/shop/.env.local': 'settings',
      '/shop/compose.yaml': 'settings',
      '/shop/docker-compose.dev.yml': 'settings',
      '/shop/pricing/main.go': 'settings',
      '/shop/pricing/go.mod': 'settings',
      '/shop/tax/tax.py': 'otherCode',
      '/shop/src/orders': 'folder',
      '/shop/README.md': 'other',
      '/shop/node_modules/nest/index.js': 'other',
      '/shop/.git/HEAD': 'other',
      '/shop/dist/main.js': 'other',
    };
    for (const [path, meaning] of Object.entries(meanings))
      assert.equal(meaningOf(path), meaning, path);
  });
});

describe('the folder of a service', () => {
  it('is looked for below each workspace folder, then in the one it names', () => {
    assert.deepEqual(serviceFolderCandidates('./apps/api/', ['/a/shop', '/a/pay']), [
      '/a/shop/apps/api',
      '/a/pay/apps/api',
    ]);
    assert.ok(serviceFolderCandidates('shop/apps/api', ['/a/shop']).includes('/a/shop/apps/api'));
    assert.deepEqual(serviceFolderCandidates('.', ['/a/shop']), ['/a/shop']);
    assert.deepEqual(serviceFolderCandidates('C:\\shop\\api', ['/a']), ['C:/shop/api']);
  });

  it('is written so that it is found again', () => {
    for (const folders of [['/a/shop'], ['/a/shop', '/a/pay']])
      for (const folder of ['/a/shop', '/a/shop/apps/api', '/elsewhere']) {
        const setting = serviceFolderSetting(folder, folders);
        assert.ok(serviceFolderCandidates(setting, folders).includes(folder), setting);
      }
  });
});
