import assert from 'node:assert/strict';

import { buildInEditorTests } from '../support/editor/buildInEditorTests.ts';
import { runInEditor } from '../support/editor/runInEditor.ts';
import { shopFolder } from '../support/shop.ts';
import { packedExtension } from './openedHere.ts';

describe('inside the extension host', () => {
  it('the packed extension behaves as its tests there say', async function () {
    this.timeout(180_000);
    const tests = await buildInEditorTests();
    const { passed, failed } = await runInEditor({
      vsix: packedExtension(),
      folder: shopFolder,
      tests,
    });
    console.log(passed.map((name) => `inside: ${name}`).join('\n'));
    assert.deepEqual(failed, []);
    assert.ok(passed.length >= 4, `${String(passed.length)} tests ran`);
  });
});
