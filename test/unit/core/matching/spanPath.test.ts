import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isLibraryPath, mapPath, plainPath } from '../../../../src/core/matching/files/spanPath.ts';

describe('a path of a span', () => {
  it('is spelled as the workspace spells paths', () => {
    const spellings: readonly (readonly [string, string])[] = [
      ['/app/src/main.ts', '/app/src/main.ts'],
      ['./src/main.ts', 'src/main.ts'],
      ['/app/./src/main.ts', '/app/src/main.ts'],
      ['file:///app/src/main.ts', '/app/src/main.ts'],
      ['file://localhost/app/main.ts', '/app/main.ts'],
      ['file:///app/my%20shop/main.js?t=17', '/app/my shop/main.js'],
      ['file:///C:/work/main.ts', 'c:/work/main.ts'],
      ['file:///app/100%/main.ts', '/app/100%/main.ts'],
      ['C:\\work\\src\\main.ts', 'c:/work/src/main.ts'],
      ['\\\\?\\C:\\work\\main.ts', 'c:/work/main.ts'],
      ['webpack://shop-api/./src/main.ts', 'src/main.ts'],
      ['webpack:///src/main.ts', 'src/main.ts'],
      ['webpack-internal:///./src/main.ts', 'src/main.ts'],
      ['webpack-internal:///(rsc)/./src/main.ts', 'src/main.ts'],
      ['webpack://@shop/api/./src/main.ts', 'src/main.ts'],
      ['webpack:///../../libs/common/src/x.ts', '../../libs/common/src/x.ts'],
    ];
    for (const [written, plain] of spellings) assert.equal(plainPath(written), plain, written);
  });

  it('has no query or fragment behind the name of its file', () => {
    for (const behind of ['?4b1f', '#4b1f', '?v=1&t=2', '?t=1#top', '?from=/src/other.ts', '?']) {
      assert.equal(plainPath(`/app/src/main.ts${behind}`), '/app/src/main.ts', behind);
      assert.equal(plainPath(`C:\\app\\main.mjs${behind}`), 'c:/app/main.mjs', behind);
      assert.equal(plainPath(`file:///app/my%23/main.tsx${behind}`), '/app/my#/main.tsx', behind);
      for (const bundle of ['webpack:///./', 'webpack-internal:///(ssr)/./', 'webpack://api/'])
        assert.equal(plainPath(`${bundle}src/main.js${behind}`), 'src/main.js', behind);
    }
  });

  it('keeps what only looks so in the names of folders and files', () => {
    for (const path of [
      '/home/me/c#/app/src/main.ts',
      '/home/me/what?/src/main.ts',
      '/home/me/next.js#2/src/main.ts',
      '/home/me/next.js?/src/main.ts',
      '/app/src/c#.service.ts',
      '/app/src/why?.ts',
    ]) {
      assert.equal(plainPath(path), path);
      assert.equal(plainPath(`file://${path}`), path);
      assert.equal(plainPath(`${path}?t=1`), path);
    }
  });

  it('goes where the longest mapping of its folder says', () => {
    const mappings = [
      { from: '/app', to: '/ws' },
      { from: '/app/api/', to: '/ws/services/shop-api/' },
      { from: 'D:\\Build', to: '/ws/web' },
    ];
    assert.equal(mapPath('/app/x.ts', mappings), '/ws/x.ts');
    assert.equal(mapPath('/app/api/x.ts', mappings), '/ws/services/shop-api/x.ts');
    assert.equal(mapPath('/app/apix/x.ts', mappings), '/ws/apix/x.ts');
    assert.equal(mapPath('/application/x.ts', mappings), '/application/x.ts');
    assert.equal(mapPath('d:/build/x.ts', mappings), '/ws/web/x.ts');
  });

  it('is of a library where something installed it', () => {
    for (const path of [
      '/app/node_modules/@nestjs/core/router/router.js',
      'node:internal/process/task_queues',
      '/usr/local/lib/python3.11/site-packages/flask/app.py',
      '/usr/lib/python3.11/threading.py',
      '/root/go/pkg/mod/github.com/gin-gonic/gin@v1.10.0/context.go',
      '/usr/local/go/src/net/http/server.go',
      '/root/.cargo/registry/src/index.crates.io/axum-0.8.1/src/lib.rs',
      '<anonymous>',
    ])
      assert.ok(isLibraryPath(path), path);
    for (const path of ['/app/src/vendor/vendor.service.ts', '/home/me/go/src/shop/main.go'])
      assert.ok(!isLibraryPath(path), path);
  });

  it('of any text is one spelling, however often it is asked for', () => {
    fc.assert(
      fc.property(fc.string(), (rest) => {
        const plain = plainPath(`/app/${rest.replaceAll('%', '')}`);
        assert.equal(plainPath(plain), plain);
      }),
    );
  });
});
