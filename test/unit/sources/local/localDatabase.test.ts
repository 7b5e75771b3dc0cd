import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { extensionId } from '../../../../src/core/extensionId.ts';
import {
  findLocalDatabase,
  localDatabaseCandidates,
} from '../../../../src/sources/local/localDatabase.ts';

describe('the local store, found by the command line', () => {
  it('is where the environment says, and nowhere else', () => {
    const env = { SPANHOP_DATABASE: '/data/traces.db' };
    assert.deepEqual(localDatabaseCandidates('linux', env, '/home/me'), ['/data/traces.db']);
  });

  it("is in VS Code's global storage, of the desktop or the server", () => {
    const candidates = localDatabaseCandidates('linux', {}, '/home/me');
    const inStorage = join('User', 'globalStorage', extensionId, 'traces.db');
    assert.ok(candidates.includes(join('/home/me', '.config', 'Code', inStorage)));
    assert.ok(candidates.includes(join('/home/me', '.vscode-server', 'data', inStorage)));
  });

  it('is the one written to last where there are several', () => {
    const folder = mkdtempSync(join(tmpdir(), 'spanhop-stores-'));
    try {
      const [older, newer] = [join(folder, 'a.db'), join(folder, 'b.db')];
      for (const path of [older, newer]) writeFileSync(path, '');
      utimesSync(older, 1_000, 1_000);
      assert.equal(findLocalDatabase([join(folder, 'none.db'), older, newer]), newer);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
