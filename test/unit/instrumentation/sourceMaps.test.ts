import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { SourceMapGenerator } from 'source-map';

import { sourceOf } from '../../../instrumentation/src/sourceMaps.ts';

describe('the source of a running file', () => {
  let folder = '';
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spanhop-maps-'));
    await mkdir(join(folder, 'dist'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  /** Line 3 of the compiled file is line 30 of `source`. */
  const mapTo = (source: string, sourceRoot?: string): string => {
    const map = new SourceMapGenerator({ file: 'a.js', ...(sourceRoot ? { sourceRoot } : {}) });
    map.addMapping({
      generated: { line: 3, column: 4 },
      original: { line: 30, column: 2 },
      source,
    });
    return map.toString();
  };
  const write = async (name: string, end: string, map?: string): Promise<string> => {
    const file = join(folder, 'dist', name);
    await writeFile(file, `// 1\n// 2\n    a();\n${end}`);
    if (map !== undefined) await writeFile(`${file}.map`, map);
    return file;
  };
  const mapped = (path: string) => ({ path: join(folder, path), line: 30, column: 3 });

  it('is told by the map that it names', async () => {
    const file = await write(
      'named.js',
      '//# sourceMappingURL=named.js.map\n',
      mapTo('../src/a.ts'),
    );
    assert.deepEqual(sourceOf(file, 3, 6), mapped('src/a.ts'));
    assert.deepEqual(sourceOf(pathToFileURL(file).href, 3, 6), mapped('src/a.ts'));
  });

  it('is told by a map beside it that it does not name', async () => {
    const file = await write('beside.js', '', mapTo('../src/b.ts'));
    assert.deepEqual(sourceOf(file, 3, 5), mapped('src/b.ts'));
  });

  it('is told by a map inside it', async () => {
    const data = Buffer.from(mapTo('../src/c.ts')).toString('base64');
    const file = await write(
      'inline.js',
      `//# sourceMappingURL=data:application/json;base64,${data}`,
    );
    assert.deepEqual(sourceOf(file, 3, 5), mapped('src/c.ts'));
  });

  it('is below the source root of the map', async () => {
    const file = await write('root.js', '', mapTo('d.ts', '../lib'));
    assert.deepEqual(sourceOf(file, 3, 5), mapped('lib/d.ts'));
  });

  it('keeps the path that a bundler gave it, without the bundler’s scheme', async () => {
    const file = await write('bundle.js', '', mapTo('webpack://shop/./src/e.ts'));
    assert.deepEqual(sourceOf(file, 3, 5), { path: 'src/e.ts', line: 30, column: 3 });
  });

  it('is the file itself where there is no map, or one that cannot be read', async () => {
    const none = await write('none.js', '');
    assert.deepEqual(sourceOf(none, 3, 5), { path: none, line: 3, column: 5 });
    const broken = await write('broken.js', '//# sourceMappingURL=broken.js.map', '{"version":3,');
    assert.deepEqual(sourceOf(broken, 3, 5), { path: broken, line: 3, column: 5 });
    const missing = join(folder, 'missing.js');
    assert.deepEqual(sourceOf(missing, 3, 5), { path: missing, line: 3, column: 5 });
  });
});
