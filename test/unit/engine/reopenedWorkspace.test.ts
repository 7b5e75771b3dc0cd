import assert from 'node:assert/strict';
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createEngine, type Engine } from '../../../src/engine/engine.ts';
import { systemClock } from '../../../src/engine/systemClock.ts';
import { silentLog } from '../../support/silentLog.ts';

describe('a workspace that is opened while another one still is', () => {
  let root = '';
  let engine: Engine;
  let onProgress: (done: number, total: number) => void = () => undefined;
  beforeEach(async () => {
    root = await realpath(await mkdtemp(join(tmpdir(), 'spanhop-reopened-')));
    for (const name of ['old', 'new']) {
      await mkdir(join(root, name));
      await writeFile(
        join(root, name, 'a.ts'),
        `import { Controller, Get } from '@nestjs/common';
@Controller('${name}') export class A { @Get() get() {} }`,
      );
    }
    engine = createEngine({
      clock: systemClock,
      log: silentLog,
      build: 'one',
      emit: (name, value) => {
        if (name === 'indexProgress' && 'done' in value) onProgress(value.done, value.total);
      },
    });
  });
  afterEach(async () => {
    engine.dispose();
    await rm(root, { recursive: true, force: true });
  });

  const open = (name: string) =>
    engine.methods.openWorkspace(
      {
        folders: [join(root, name)],
        cacheFolder: join(root, 'cache'),
        isTrusted: true,
        exclude: [],
        serviceFolders: {},
        pathMappings: [],
      },
      new AbortController().signal,
    );
  const shown = async () => {
    const { handlers } = await engine.methods.indexedCode({}, new AbortController().signal);
    return handlers.map((handler) => (handler.kind === 'http' ? handler.path : ''));
  };

  it('is the one that is shown and takes changes, also where the other was linked before', async () => {
    await open('old');
    await engine.methods.filesChanged({ changes: [] }, new AbortController().signal);
    let opening: unknown;
    onProgress = (done, total) => {
      onProgress = () => undefined;
      if (done <= total) opening = open('new');
    };
    await assert.rejects(async () => open('old'), { name: 'AbortError' });
    await opening;
    assert.deepEqual(await shown(), ['/new']);
    const change = { path: join(root, 'new', 'a.ts'), text: '' };
    await engine.methods.filesChanged({ changes: [change] }, new AbortController().signal);
    assert.deepEqual(await shown(), []);
  });
});
