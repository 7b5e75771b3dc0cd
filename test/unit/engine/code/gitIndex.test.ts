import { deepEqual, ok } from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { trackedPaths } from '../../../../src/engine/code/gitIndex.ts';
import { git } from '../../../support/gitRepository.ts';
import { writeFiles } from '../../../support/writeFiles.ts';

/** Of each length once, so that entries are filled up by every number of zeros; shared beginnings; other scripts. */
const names = [
  ...Array.from({ length: 24 }, (_, length) => `${'long'.repeat(8)}${'x'.repeat(length)}.ts`),
  'src/orders/orders.controller.ts',
  'src/orders/orders.service.ts',
  'src/주문/한국어 파일.ts',
  `deep/${'folder/'.repeat(20)}end.ts`,
];

describe('the paths of a git index', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'spanhop-git-'));
    const all = [...names, 'planned.ts'];
    await writeFiles(folder, Object.fromEntries(all.map((name) => [name, name])));
    await git(folder, 'init');
    await git(folder, 'add', ...names);
  });
  after(() => rm(folder, { recursive: true, force: true }));

  const index = () => readFile(join(folder, '.git/index'));
  const listed = async () => (await git(folder, 'ls-files', '-z')).split('\0').slice(0, -1);

  it('are those that git lists', async () => {
    ok((await listed()).length === names.length);
    deepEqual([...trackedPaths(await index())], await listed());
  });

  it('are those that git lists with entries of further flags (version 3)', async () => {
    await git(folder, 'add', '--intent-to-add', 'planned.ts');
    deepEqual((await index()).readUInt32BE(4), 3);
    deepEqual([...trackedPaths(await index())], await listed());
  });

  it('are those that git lists with shortened paths (version 4)', async () => {
    await git(folder, 'update-index', '--index-version', '4');
    deepEqual((await index()).readUInt32BE(4), 4);
    deepEqual([...trackedPaths(await index())], await listed());
  });

  it('are none of what is no index, and the first ones of half of one', async () => {
    deepEqual([...trackedPaths(Buffer.from('ref: refs/heads/main'))], []);
    const whole = await index();
    const paths = await listed();
    fc.assert(
      fc.property(fc.nat(whole.length), (length) => {
        const read = [...trackedPaths(whole.subarray(0, length))];
        deepEqual(read, paths.slice(0, read.length));
      }),
    );
  });

  it('end, whatever stands in the index', async () => {
    const whole = await index();
    fc.assert(
      fc.property(fc.nat(whole.length - 1), fc.nat(255), (at, byte) => {
        const broken = Buffer.from(whole);
        broken[at] = byte;
        ok([...trackedPaths(broken)].length <= whole.length);
      }),
    );
  });
});
