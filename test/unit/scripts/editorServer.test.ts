import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

const support = resolve(import.meta.dirname, '../../support/editor/installEditorServer.ts');

describe('the editor server', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'spanhop-no-tools-'));
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('says which tools to compile with are missing and how to install them, and builds nothing', async function () {
    if (process.platform === 'win32') this.skip();
    const install = `import('${pathToFileURL(support).href}').then((module) => module.installEditorServer()).catch(({ message }) => console.log(message))`;
    const { stdout } = await promisify(execFile)(process.execPath, ['-e', install], {
      env: { PATH: folder, HOME: folder, SPANHOP_CACHE: join(folder, 'cache') },
    });
    assert.match(
      stdout,
      /^The editor server needs c\+\+, make, python3 to compile\. Run `sudo apt-get install g\+\+ make python3` \(Debian, Ubuntu\)/m,
    );
    assert.deepEqual(readdirSync(join(folder, 'cache', 'editor-server')), []);
  });
});
