import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);
const sources = new URL('../../../../src/engine/code/workspaceIndex.ts', import.meta.url);

/** Opens a workspace in a process of its own: how many handlers it has, and whether the parser was loaded for it. */
async function opened(root: string): Promise<{ handlers: number; parser: boolean }> {
  const settings = {
    folders: [join(root, 'ws')],
    cacheFolder: join(root, 'cache'),
    isTrusted: true,
    exclude: [],
    serviceFolders: {},
    pathMappings: [],
  };
  const script = `
import { createRequire } from 'node:module';
import { openWorkspaceIndex } from ${JSON.stringify(sources.href)};
const nothing = () => undefined;
const log = { info: nothing, warn: nothing, error: nothing };
const { signal } = new AbortController();
const options = { log, onProgress: nothing, signal, build: 'one' };
const index = await openWorkspaceIndex(${JSON.stringify(settings)}, options);
const parser = Object.keys(createRequire(import.meta.url).cache).some((path) => /[\\\\/]typescript[\\\\/]lib/.test(path));
await index.saved;
console.log(JSON.stringify({ handlers: index.current.handlers.length, parser }));`;
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', script], {
    cwd: join(import.meta.dirname, '../../../..'),
  });
  return JSON.parse(stdout) as { handlers: number; parser: boolean };
}

describe('the parser', () => {
  let root = '';
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'spanhop-parser-')));
    await mkdir(join(root, 'ws'));
    await writeFile(join(root, 'ws', 'tsconfig.json'), '{ "compilerOptions": {}, /* all */ }');
  });
  afterEach(() => rm(root, { recursive: true, force: true }));
  const controller = (path: string) => `import { Controller, Get } from '@nestjs/common';
@Controller('${path}') export class C { @Get() get() {} }`;

  it('isn’t loaded for a workspace whose files are known, and is for one that changed', async function () {
    this.timeout(60_000);
    const file = join(root, 'ws', 'a.ts');
    await writeFile(file, controller('a'));
    await new Promise((resolve) => setTimeout(resolve, 2_100)); // a file just written is read again
    assert.deepEqual(await opened(root), { handlers: 1, parser: true });
    assert.deepEqual(await opened(root), { handlers: 1, parser: false });
    await writeFile(file, controller('b'));
    assert.deepEqual(await opened(root), { handlers: 1, parser: true });
  });
});
