import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { LinkedLists } from '../../../../src/core/code/linker.ts';
import { LinkedListsFile } from '../../../../src/engine/code/linkedLists.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

describe('the file of linked lists', () => {
  let folder: string;
  let warnings: string[];
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spanhop-linked-'));
    warnings = [];
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const opened = (inFolder = folder) => {
    const quiet = () => undefined;
    const log = { info: quiet, warn: (text: string) => void warnings.push(text), error: quiet };
    return new LinkedListsFile({ folder: inFolder, build: 'one', log });
  };
  const never = new AbortController().signal;
  const { projects, handlers, calls, problems } = indexFiles({
    'a.ts': `import { Controller, Get } from '@nestjs/common';
@Controller('a\\n\u2028') export class A { ${Array.from({ length: 1_203 }, (_, at) => `@Get('${at}') get${at}() {}`).join('\n')} }`,
  });
  const lists: LinkedLists = { projects, handlers, calls, problems };
  const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

  it('gives back what was linked from just that, all of it and in order', async () => {
    assert.equal(handlers.length, 1_203);
    await opened().write('this', lists, never);
    assert.deepEqual(await opened().read('this'), plain(lists));
    assert.equal(await opened().read('that'), undefined);
  });

  it('leaves what was there where writing is aborted, and no draft', async () => {
    await opened().write('this', lists, never);
    await opened().write('that', lists, AbortSignal.abort());
    assert.deepEqual(await readdir(folder), ['linked.lists']);
    assert.deepEqual(await opened().read('this'), plain(lists));
    assert.deepEqual(warnings, []);
  });

  it('that can’t be written is a warning', async () => {
    await opened(join(folder, 'linked.lists')).write('this', lists, never);
    await opened(join(folder, 'linked.lists', 'linked.lists')).write('this', lists, never);
    assert.match(warnings.join(), /could not be cached/);
  });
});
