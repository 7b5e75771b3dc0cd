import { deepEqual } from 'node:assert/strict';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { IgnoreRules } from '../../../../src/engine/code/ignoreRules.ts';
import { reachOf } from '../../../../src/engine/code/reach.ts';
import { scanFolder } from '../../../../src/engine/code/scanFolder.ts';
import { git } from '../../../support/gitRepository.ts';
import { writeFiles } from '../../../support/writeFiles.ts';

describe('files that .gitignore names', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'spanhop-tracked-')));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const write = (files: Readonly<Record<string, string>>) => writeFiles(folder, files);
  async function sources(): Promise<string[]> {
    const { signal } = new AbortController();
    const reach = reachOf(folder, true);
    const rules = new IgnoreRules(folder, [], reach);
    const scan = await scanFolder(folder, { rules, reach, signal });
    return [...scan.sources].map((path) => path.slice(folder.length + 1)).sort();
  }

  it('are sources where git keeps them all the same, and those beside them are not', async () => {
    await write({
      '.gitignore': 'archives/\nlocal.ts\n',
      'a.ts': '',
      'archives/kept.ts': '',
      'archives-old/b.ts': '',
    });
    await git(folder, 'init');
    await git(folder, 'add', '--force', '.');
    await write({ 'archives/scratch.ts': '', 'archives/more/scratch.ts': '', 'local.ts': '' });
    deepEqual(await sources(), ['a.ts', 'archives-old/b.ts', 'archives/kept.ts']);
  });

  it('are left out where git keeps nothing yet, or there is no repository', async () => {
    await write({ '.gitignore': 'archives/\n', 'a.ts': '', 'archives/b.ts': '' });
    deepEqual(await sources(), ['a.ts']);
    await git(folder, 'init');
    deepEqual(await sources(), ['a.ts']);
  });

  it('are known of a repository below the folder, and of its second worktree', async () => {
    await write({ 'first/.gitignore': 'kept.ts\nlocal.ts\n', 'first/kept.ts': '' });
    await git(join(folder, 'first'), 'init');
    await git(join(folder, 'first'), 'add', '--force', '.');
    await git(join(folder, 'first'), 'commit', '--message', 'first');
    await git(join(folder, 'first'), 'worktree', 'add', '../second');
    await write({ 'first/local.ts': '', 'second/local.ts': '' });
    deepEqual(await sources(), ['first/kept.ts', 'second/kept.ts']);
  });
});
