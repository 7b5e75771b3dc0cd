import { deepEqual, equal, match } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeIndex } from '../../../../src/core/code/model.ts';
import { IgnoreRules } from '../../../../src/engine/code/ignoreRules.ts';
import { reachOf } from '../../../../src/engine/code/reach.ts';
import { scanFolder } from '../../../../src/engine/code/scanFolder.ts';
import { git } from '../../../support/gitRepository.ts';
import { httpHandlers } from '../../../support/memoryWorkspace.ts';
import { openIndex } from '../../../support/openIndex.ts';
import { writeFiles } from '../../../support/writeFiles.ts';

const controller = (path: string) => `import { Controller, Get } from '@nestjs/common';
@Controller('${path}') export class C { @Get() get() {} }`;

const outside = 'Link leads out of the workspace. Trust the workspace to follow it.';
const round = 'Link not followed; it leads back to a parent folder.';

describe('links and special files of a workspace', () => {
  let root: string;
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'spanhop-links-')));
    await writeFiles(root, {
      'home/ws/a.ts': controller('a'),
      'home/secret.ts': controller('secret'),
      'home/shared/b.ts': controller('b'),
      'elsewhere/c.ts': controller('c'),
    });
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const inside = (name: string) => join(root, 'home/ws', name);
  const link = (target: string, name: string) => symlink(target, inside(name));
  const pipe = (name: string) => execFileSync('mkfifo', [inside(name)]);

  const open = (isTrusted: boolean) => openIndex(inside(''), isTrusted);

  const pathsOf = (index: CodeIndex) =>
    httpHandlers(index)
      .map(({ path }) => path)
      .sort();
  const problemsOf = (index: CodeIndex) =>
    index.problems
      .map(({ path, message }) => `${path.slice(inside('').length + 1)}: ${message}`)
      .sort();

  it('no link to a folder that holds the workspace is followed, trusted or not', async () => {
    await link('/', 'all');
    await link(join(root, 'home'), 'home');
    await link(inside(''), 'self');
    for (const isTrusted of [true, false]) {
      const { current } = await open(isTrusted);
      deepEqual(pathsOf(current), ['/a']);
      deepEqual(problemsOf(current), [`all: ${round}`, `home: ${round}`, `self: ${round}`]);
    }
  });

  it('out of a trusted workspace each tree is read once, and nothing that leads round from there', async () => {
    await link(join(root, 'home/shared'), 'first');
    await link(join(root, 'home/shared'), 'second');
    await symlink(root, join(root, 'home/shared/up'));
    await symlink(join(root, 'home/shared'), join(root, 'home/shared/me'));
    await symlink(join(root, 'elsewhere'), join(root, 'home/shared/beyond'));
    const { current } = await open(true);
    deepEqual(pathsOf(current), ['/a', '/b', '/c']);
    equal(problemsOf(current).length, 2);
  });

  it('nothing outside a folder that is not trusted is read', async () => {
    await link(join(root, 'home/shared'), 'shared');
    await link(join(root, 'home/secret.ts'), 'secret.ts');
    await link(join(root, 'home/secret.ts'), 'tsconfig.json');
    const { current } = await open(false);
    deepEqual(pathsOf(current), ['/a']);
    deepEqual(problemsOf(current), [`secret.ts: ${outside}`, `shared: ${outside}`]);
    const trusted = await open(true);
    deepEqual(pathsOf(trusted.current), ['/a', '/b', '/secret']);
  });

  it('a file that becomes a link out of such a folder is not read either', async () => {
    const index = await open(false);
    await rm(inside('a.ts'));
    await link(join(root, 'home/secret.ts'), 'a.ts');
    deepEqual(pathsOf(await index.change([{ path: inside('a.ts') }])), []);
  });

  it('what lies above such a folder, or where its .git says, is no rule for it', async () => {
    await writeFiles(root, { 'home/.gitignore': 'a.ts\n', 'home/ws/.gitignore': 'kept.ts\n' });
    await git(join(root, 'home'), 'init');
    await writeFiles(root, { 'other/kept.ts': '' });
    await git(join(root, 'other'), 'init');
    await git(join(root, 'other'), 'add', '--force', '.');
    await writeFiles(root, {
      'home/ws/kept.ts': controller('kept'),
      'home/ws/.git': `gitdir: ${join(root, 'other/.git')}\n`,
    });
    deepEqual(pathsOf((await open(false)).current), ['/a']);
    await rm(inside('.git'));
    deepEqual(pathsOf((await open(true)).current), []);
  });

  it('trees of the system are not read through a link', async function () {
    if (process.platform !== 'linux') this.skip();
    await link('/proc', 'proc');
    await link('/dev', 'devices');
    await link('/dev/zero', 'zero.ts');
    await link('/proc/kmsg', 'kmsg.ts');
    for (const isTrusted of [true, false])
      deepEqual(pathsOf((await open(isTrusted)).current), ['/a']);
  });

  it('pipes in the place of files and of rules are passed over', async function () {
    if (process.platform === 'win32') this.skip();
    await mkdir(inside('.git'));
    await mkdir(inside('sub'));
    for (const name of [
      'pipe.ts',
      'package.json',
      '.env',
      '.gitignore',
      'sub/.gitignore',
      '.git/HEAD',
      '.git/index',
    ])
      pipe(name);
    await writeFiles(root, { 'home/ws/sub/d.ts': controller('d') });
    await link(inside('pipe.ts'), 'linked.ts');
    const index = await open(true);
    deepEqual(pathsOf(index.current), ['/a', '/d']);
    const changed = await index.change([{ path: inside('pipe.ts') }]);
    match(problemsOf(changed).join(), /pipe\.ts: Not indexed: not a regular file/);
  });

  it('files and folders are counted together, and those beyond the most are said to be missing', async () => {
    await writeFiles(root, { 'home/ws/x/1.ts': '', 'home/ws/y/2.json': '', 'home/ws/z/3.ts': '' });
    const folder = join(root, 'home/ws');
    const reach = reachOf(folder, true);
    const rules = new IgnoreRules(folder, [], reach);
    const { signal } = new AbortController();
    const scan = (limit: number) => scanFolder(folder, { rules, reach, signal, limit });
    deepEqual((await scan(6)).problems, []);
    const cut = await scan(4);
    equal(cut.sources.size, 1);
    match(cut.problems[0]?.message ?? '', /^Only the first 4 files and folders/);
  });

  it('folders are read as far inside others as people nest them', async () => {
    await writeFiles(inside(''), {
      [`${'d/'.repeat(100)}b.ts`]: controller('deep'),
      [`${'d/'.repeat(101)}c.ts`]: controller('deeper'),
    });
    const { current: index } = await open(true);
    equal(httpHandlers(index).length, 2);
    deepEqual(
      index.problems.map(({ message }) => message),
      ['Not indexed: the folder is nested too deeply.'],
    );
  });
});
