import assert from 'node:assert/strict';
import {
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mock } from 'node:test';
import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { httpHandlers } from '../../../support/memoryWorkspace.ts';
import type { CodeIndex } from '../../../../src/core/code/model.ts';
import { indexContents } from '../../../support/indexContents.ts';
import { writeFiles } from '../../../support/writeFiles.ts';
import { sealed } from '../../../../src/engine/code/seal.ts';
import type { FileChange } from '../../../../src/engine/methods.ts';
import {
  openWorkspaceIndex,
  type WorkspaceIndex,
} from '../../../../src/engine/code/workspaceIndex.ts';

const controller = (path: string) => `import { Controller, Get } from '@nestjs/common';
@Controller('${path}') export class C { @Get() get() {} }`;

describe('the index of a workspace', () => {
  let root: string;
  let warnings: string[];

  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'spanhop-index-')));
    warnings = [];
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  const write = (files: Readonly<Record<string, string>>) => writeFiles(join(root, 'ws'), files);

  interface Opening {
    readonly exclude?: readonly string[];
    readonly signal?: AbortSignal;
    readonly unsaved?: readonly FileChange[];
    readonly build?: string;
    readonly isTrusted?: boolean;
  }

  async function open({
    exclude = [],
    signal = new AbortController().signal,
    unsaved = [],
    build,
    isTrusted = true,
  }: Opening = {}) {
    const log = {
      info: () => undefined,
      warn: (line: string) => void warnings.push(line),
      error: (line: string) => void warnings.push(line),
    };
    const settings = {
      folders: [join(root, 'ws')],
      isTrusted,
      cacheFolder: join(root, 'cache'),
      exclude,
      serviceFolders: {},
      pathMappings: [],
      unsaved,
    };
    const onProgress = () => undefined;
    const index = await openWorkspaceIndex(settings, { log, onProgress, signal, build });
    const shown = index.current;
    await index.saved;
    return Object.assign(index, { shown });
  }

  const pathsOf = (index: CodeIndex) =>
    httpHandlers(index)
      .map((h) => h.path)
      .sort();

  it('leaves out what .gitignore at any level, files.exclude and build folders name', async () => {
    await write({
      '.gitignore': 'ignored/\n*.gen.ts\n',
      'a.ts': controller('a'),
      'a.gen.ts': controller('generated'),
      'a.spec.ts': controller('test'),
      'ignored/b.ts': controller('ignored'),
      'sub/.gitignore': '!keep.gen.ts\nlocal.ts\n',
      'sub/keep.gen.ts': controller('keep'),
      'sub/local.ts': controller('local'),
      'node_modules/x/c.ts': controller('module'),
      'dist/d.js': controller('dist'),
      'app/build/e.ts': controller('output'),
      'app/src/build/e.ts': controller('own'),
      'old/e.ts': controller('old'),
      'f.ts': controller('f'),
      'f.js': controller('built'),
    });
    const { current } = await open({ exclude: ['**/{old,older}'] });
    assert.deepEqual(pathsOf(current), ['/a', '/f', '/keep', '/own']);
  });

  it('reads what the editor shows where a file has unsaved text, until that is given up', async () => {
    await write({ 'a.ts': controller('saved'), 'b.ts': controller('b') });
    const path = join(root, 'ws', 'a.ts');
    const index = await open({ unsaved: [{ path, text: controller('unsaved') }] });
    assert.deepEqual(pathsOf(index.current), ['/b', '/unsaved']);
    assert.deepEqual(pathsOf(await index.change([{ path }])), ['/b', '/saved']);
  });

  it('knows sources in other languages by their names, and as they come and go', async () => {
    await write({
      '.gitignore': 'old.go\n',
      'pricing/main.go': 'package main',
      'pricing/old.go': '',
      'pricing/vendor/x/x.go': '',
      'tax/venv/lib/tax.py': '',
      'tax/tax.py': '',
    });
    const index = await open();
    const others = () => [...index.current.otherFiles].map((path) => path.slice(root.length + 4));
    assert.deepEqual(others().sort(), ['pricing/main.go', 'tax/tax.py']);
    const path = (name: string) => join(root, 'ws', name);
    await write({ 'pricing/new.rs': '' });
    await index.change([{ path: path('pricing/new.rs') }, { path: path('tax'), text: null }]);
    assert.deepEqual(others().sort(), ['pricing/main.go', 'pricing/new.rs']);
  });

  it('reads environment files although they are ignored', async () => {
    await write({
      '.gitignore': '.env\n',
      '.env': 'OTEL_SERVICE_NAME=shop',
      'package.json': '{ "name": "p" }',
    });
    const { current } = await open();
    assert.deepEqual(
      current.projects.map((p) => p.serviceNames.map((s) => s.name)),
      [['shop']],
    );
  });

  it('files that no framework code imports are not read, those that it imports are', async () => {
    await write({
      'a.ts': controller('a')
        .replace(`'a'`, 'base')
        .replace('import', `import { base } from './names';\nimport`),
      'names.ts': `export * from './deeper';`,
      'deeper.ts': `export const base = 'deep';`,
      'page.ts': `export class Page {}`,
    });
    const { current } = await open();
    assert.deepEqual(pathsOf(current), ['/deep']);
    assert.equal(current.files.size, 4);
    assert.deepEqual(current.methodsOf(join(root, 'ws', 'page.ts')), []);
  });

  it('a link back into the workspace ends, a file over the limit and a missing folder are problems', async () => {
    await write({
      'a.ts': controller('a'),
      'big.ts': `${controller('big')}//${'x'.repeat(2_000_000)}`,
    });
    await symlink(join(root, 'ws'), join(root, 'ws', 'loop'));
    const { current } = await open();
    assert.deepEqual(pathsOf(current), ['/a']);
    assert.deepEqual(current.problems.map(({ path, message }) => [path, message]).sort(), [
      [
        join(root, 'ws', 'big.ts'),
        'Not indexed: the file has 2000 KB, more than the limit of 1000 KB.',
      ],
      [join(root, 'ws', 'loop'), 'Link not followed; it leads back to a parent folder.'],
    ]);
    await rm(join(root, 'ws'), { recursive: true });
    const gone = await open();
    assert.match(gone.current.problems[0]?.message ?? '', /can't read folder .* \(ENOENT\)/);
  });

  it('links that lead round or nowhere are problems, ignored ones and those to what is read anyway are not', async () => {
    await write({ 'a.ts': controller('a'), 'shared/b.ts': controller('b'), '.gitignore': 'out\n' });
    const path = (name: string) => join(root, 'ws', name);
    await symlink(path('round'), path('about'));
    await symlink(path('about'), path('round'));
    await symlink(path('gone.ts'), path('link.ts'));
    await symlink(path('gone'), path('socket'));
    await symlink(path('shared'), path('again'));
    await symlink(path('.'), path('out'));
    const { current } = await open();
    assert.deepEqual(pathsOf(current), ['/a', '/b']);
    assert.deepEqual(current.problems.map((problem) => [problem.path, problem.message]).sort(), [
      [path('about'), "Can't follow this link (ELOOP)."],
      [path('link.ts'), "Can't follow this link (ENOENT)."],
      [path('round'), "Can't follow this link (ELOOP)."],
    ]);
  });

  it('an aborted opening rejects', async () => {
    await write({ 'a.ts': controller('a') });
    await assert.rejects(open({ signal: AbortSignal.abort() }), { name: 'AbortError' });
  });

  describe('with a cache', () => {
    async function shards(): Promise<readonly string[]> {
      const [folder = ''] = await readdir(join(root, 'cache'));
      const names = await readdir(join(root, 'cache', folder));
      return names.map((name) => join(root, 'cache', folder, name));
    }

    it('facts of unchanged files are taken from it', async () => {
      await write({ 'a.ts': controller('a') });
      await open();
      for (const path of await shards()) {
        const text = await readFile(path, 'utf8');
        if (!text.includes('"text":"a"')) continue;
        const lines = text.split('\n').slice(0, -1);
        await writeFile(
          path,
          sealed(lines.map((line) => line.replace('"text":"a"', '"text":"cached"'))),
        );
      }
      assert.deepEqual(pathsOf((await open()).current), ['/cached']);
      await write({ 'a.ts': controller('changed') });
      assert.deepEqual(pathsOf((await open()).current), ['/changed']);
    });

    it('a damaged one is built again with a line in the log, and then whole', async () => {
      await write({ 'a.ts': controller('a') });
      await open();
      for (const path of await shards()) await writeFile(path, '{"version":');
      assert.deepEqual(pathsOf((await open()).current), ['/a']);
      assert.equal(warnings.length > 0, true);
      warnings = [];
      assert.deepEqual(pathsOf((await open()).current), ['/a']);
      assert.deepEqual(warnings, []);
    });

    it('facts of files that are gone are dropped, and no draft is left', async () => {
      await write({ 'a.ts': controller('a'), 'b.ts': controller('b') });
      await open();
      await rm(join(root, 'ws', 'b.ts'));
      await open();
      const texts = await Promise.all((await shards()).map((path) => readFile(path, 'utf8')));
      assert.equal(texts.join('').includes('"text":"b"'), false);
      assert.equal(
        (await shards()).every((path) => /[/\\]([0-9a-f]\.facts|stamps\.json)$/.test(path)),
        true,
      );
    });

    it('one of which a file became empty is read as before', async () => {
      await write({ 'a.ts': controller('a'), 'd.ts': controller('d') });
      await open();
      await rm(join(root, 'ws', 'd.ts'));
      await open();
      const names = await shards();
      assert.deepEqual(pathsOf((await open()).current), ['/a']);
      assert.deepEqual(await shards(), names);
      assert.deepEqual(warnings, []);
    });
  });

  describe('whose links are kept', () => {
    const build = 'one';
    const service = `import { PrismaClient } from '@prisma/client';
export class Repository { prisma = new PrismaClient(); all() { return this.prisma.user.findMany(); } }`;
    const caller = `import { Controller, Get } from '@nestjs/common'; import { Repository } from './repository';
@Controller('c') export class C { constructor(private readonly users: Repository) {}
  @Get() get() { return this.users.all(); } }`;
    const files = {
      'c.ts': caller,
      'repository.ts': service,
      'schema.prisma': 'model User { id Int @id }',
      'package.json': '{ "name": "users" }',
      'main.go': 'package main',
    };

    /** Handlers as the kept links have them, each with a name that no code gives. */
    async function markKept(): Promise<void> {
      const [folder = ''] = await readdir(join(root, 'cache'));
      const path = join(root, 'cache', folder, 'linked.lists');
      const text = await readFile(path, 'utf8');
      const lines = text.split('\n').slice(0, -1);
      const marked = lines.map((line) => line.replace('"handler":"get"', '"handler":"kept"'));
      assert.notDeepEqual(marked, lines);
      await writeFile(path, sealed(marked));
    }
    /** Shown first, before anything is linked in the background. */
    const handlersOf = ({ shown }: { shown: CodeIndex }) => shown.handlers.map((h) => h.handler);

    it('isn’t linked again to be shown where nothing changed', async () => {
      await write(files);
      await open({ build });
      await markKept();
      assert.deepEqual(handlersOf(await open({ build })), ['kept']);
    });

    it('is the one that linking gives, with all that it answers', async () => {
      await write(files);
      const linked = await open({ build });
      const { shown } = await open({ build });
      assert.equal(linked.current.calls.length, 1);
      assert.deepEqual(indexContents(shown), indexContents(linked.current));
      assert.deepEqual(shown.reachableCalls(shown.handlers[0]?.methodId ?? ''), [
        { call: linked.current.calls[0], distance: 1 },
      ]);
    });

    for (const [what, changed] of Object.entries({
      'a file': { 'c.ts': `${caller}\n` },
      'a schema': { 'schema.prisma': 'model Person { id Int @id }' },
      'a configuration': { 'package.json': '{ "name": "people" }' },
      'a new file': { 'd.ts': controller('d') },
      'a source in another language': { 'other.go': 'package main' },
      'a file that can’t be read': { 'big.ts': 'x'.repeat(2_000_000) },
    }))
      it(`is linked again when ${what} differs`, async () => {
        await write(files);
        await open({ build });
        await markKept();
        await write(changed);
        const again = await open({ build });
        assert.equal(handlersOf(again).includes('kept'), false);
        const fresh = await open();
        assert.deepEqual(indexContents(again.current), indexContents(fresh.current));
      });

    it('is linked again when a file is gone, has unsaved text, or another build links', async () => {
      await write(files);
      await open({ build });
      await markKept();
      const unsaved = [{ path: join(root, 'ws', 'c.ts'), text: `${caller}//` }];
      const linkedAgain = async (opening: Opening) => {
        const [folder = ''] = await readdir(join(root, 'cache'));
        const path = join(root, 'cache', folder, 'linked.lists');
        const kept = await readFile(path);
        assert.equal(handlersOf(await open(opening)).includes('kept'), false);
        await writeFile(path, kept);
      };
      await linkedAgain({ build, unsaved });
      await linkedAgain({ build: 'two' });
      await linkedAgain({});
      await rm(join(root, 'ws', 'main.go'));
      await linkedAgain({ build });
    });

    it('is linked again, and kept anew, when what is kept is damaged', async () => {
      await write(files);
      await open({ build });
      const [folder = ''] = await readdir(join(root, 'cache'));
      const path = join(root, 'cache', folder, 'linked.lists');
      const kept = await readFile(path);
      await writeFile(path, kept.subarray(0, kept.length - 3));
      assert.deepEqual(handlersOf(await open({ build })), ['get']);
      assert.deepEqual(await readFile(path), kept);
    });

    it('is kept anew a minute after a change', async () => {
      await write(files);
      const index = await open({ build });
      mock.timers.enable({ apis: ['setTimeout'] });
      try {
        await write({ 'c.ts': `${caller}\n` });
        await index.change([{ path: join(root, 'ws', 'c.ts') }]);
        mock.timers.tick(60_000);
        await setImmediate(); // its turn comes
        await index.saved;
      } finally {
        mock.timers.reset();
        index.dispose();
      }
      await markKept();
      assert.deepEqual(handlersOf(await open({ build })), ['kept']);
    });

    it('takes changes as if it had been linked', async () => {
      await write(files);
      await open({ build });
      const resumed = await open({ build });
      const path = join(root, 'ws', 'repository.ts');
      const text = service.replace('findMany', 'count');
      const changed = await resumed.change([{ path, text }]);
      await write({ 'repository.ts': text });
      assert.deepEqual(indexContents(changed), indexContents((await open()).current));
    });
  });

  describe('changes', () => {
    let index: WorkspaceIndex;

    it('the editor’s text wins over the disk until it is given up', async () => {
      await write({ 'a.ts': controller('disk') });
      index = await open();
      const path = join(root, 'ws', 'a.ts');
      assert.deepEqual(pathsOf(await index.change([{ path, text: controller('typed') }])), [
        '/typed',
      ]);
      assert.deepEqual(pathsOf(await index.change([{ path }])), ['/disk']);
      assert.deepEqual(pathsOf(await index.change([{ path, text: null }])), []);
    });

    it('folders made, renamed and deleted are followed', async () => {
      await write({ 'a.ts': controller('a'), 'users/u.ts': controller('u') });
      index = await open();
      const at = (name: string) => join(root, 'ws', name);
      await rename(at('users'), at('people'));
      const renamed = await index.change([
        { path: at('users'), text: null },
        { path: at('people') },
      ]);
      assert.deepEqual(pathsOf(renamed), ['/a', '/u']);
      assert.equal(renamed.files.has(at('people/u.ts')), true);
      await rm(at('people'), { recursive: true });
      assert.deepEqual(pathsOf(await index.change([{ path: at('people'), text: null }])), ['/a']);
    });

    it('an ignored file stays out, and a changed .gitignore is obeyed', async () => {
      await write({ '.gitignore': 'x.ts\n', 'a.ts': controller('a'), 'x.ts': controller('x') });
      index = await open();
      const at = (name: string) => join(root, 'ws', name);
      assert.deepEqual(pathsOf(await index.change([{ path: at('x.ts') }])), ['/a']);
      await write({ '.gitignore': 'a.ts\n' });
      assert.deepEqual(pathsOf(await index.change([{ path: at('.gitignore') }])), ['/x']);
      await index.saved;
    });

    it('after any edits the index is the one that a fresh opening gives', async function () {
      this.timeout(60_000);
      const contents = fc.constantFrom(
        null,
        controller('one'),
        `import { Controller, Get } from '@nestjs/common'; import { Base } from './b'; import { name } from './names';
@Controller(name) export class D extends Base { @Get('own') own() { return this.base(); } }`,
        `import { Get } from '@nestjs/common'; import { PrismaClient } from '@prisma/client';
export class Base { prisma = new PrismaClient(); @Get('base') base() { return this.prisma.user.findMany(); } }`,
        `export const name = 'named';`,
        `export { name } from './b'; export { Base } from './a';`,
        `class {`,
        `import { name } from './names'; export function named() { return name; }`,
      );
      const names = fc.constantFrom(
        'a.ts',
        'b.ts',
        'names.ts',
        'sub/a.ts',
        'schema.prisma',
        'tsconfig.json',
      );
      const steps = fc.array(fc.array(fc.tuple(names, contents), { minLength: 1, maxLength: 4 }), {
        maxLength: 5,
      });
      await fc.assert(
        fc.asyncProperty(steps, async (batches) => {
          await rm(join(root, 'ws'), { recursive: true, force: true });
          await mkdir(join(root, 'ws'), { recursive: true });
          const edited = await open();
          for (const batch of batches) {
            for (const [name, text] of batch) {
              if (text === null) await rm(join(root, 'ws', name), { force: true });
              else await write({ [name]: text });
            }
            await edited.change(
              batch.map(([name, text]) => {
                const path = join(root, 'ws', name);
                return text === null ? { path, text } : { path };
              }),
            );
          }
          const fresh = await open({ build: 'one' });
          assert.deepEqual(indexContents(edited.current), indexContents(fresh.current));
          const resumed = await open({ build: 'one' });
          assert.deepEqual(indexContents(resumed.shown), indexContents(fresh.current));
        }),
        { numRuns: 40 },
      );
    });
  });
});
