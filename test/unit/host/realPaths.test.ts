import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { realPlace } from '../../../src/host/realPaths.ts';
import { writeFiles } from '../../support/writeFiles.ts';

describe('where a path leads', () => {
  let root = '';
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'spanhop-real-')));
    await writeFiles(root, { 'ws/src/main.ts': '', 'secret/key.ts': '', 'data/proj/a.ts': '' });
    await symlink(join(root, 'secret'), join(root, 'ws/linked'));
    await symlink(join(root, 'secret/key.ts'), join(root, 'ws/src/key.ts'));
    await symlink(join(root, 'ws/src'), join(root, 'ws/again'));
    await symlink(join(root, 'gone.ts'), join(root, 'ws/dangling.ts'));
    await symlink(join(root, 'ws/loop.ts'), join(root, 'ws/loop.ts'));
    await symlink(join(root, 'data/proj'), join(root, 'proj'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const at = async (path: string, folder = 'ws') => {
    const place = await realPlace(join(root, path), [join(root, folder)]);
    return `${place.isInside ? 'inside' : 'outside'} ${place.path.slice(root.length + 1)}`;
  };

  it('is inside for what lies there, also by a link within', async () => {
    assert.equal(await at('ws/src/main.ts'), 'inside ws/src/main.ts');
    assert.equal(await at('ws/again/main.ts'), 'inside ws/src/main.ts');
  });

  it('is outside through a link of a file or of a folder above it', async () => {
    assert.equal(await at('ws/src/key.ts'), 'outside secret/key.ts');
    assert.equal(await at('ws/linked/key.ts'), 'outside secret/key.ts');
    assert.equal(await at('ws/again/key.ts'), 'outside secret/key.ts');
  });

  it('is inside in a workspace folder that is a link itself', async () => {
    assert.equal(await at('proj/a.ts', 'proj'), 'inside data/proj/a.ts');
  });

  it('is where its path says when there is no such file, and outside when that cannot be told', async () => {
    assert.equal(await at('ws/src/gone.ts'), 'inside ws/src/gone.ts');
    assert.equal(await at('ws/dangling.ts'), 'inside ws/dangling.ts');
    assert.equal(await at('ws/loop.ts'), 'outside ws/loop.ts');
  });

  it('is never looked for outside: the file system may be of another machine', async () => {
    const path = '//host/share/main.ts';
    assert.deepEqual(await realPlace(path, [root]), { path, isInside: false });
  });
});
