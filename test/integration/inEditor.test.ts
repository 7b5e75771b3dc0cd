import assert from 'node:assert/strict';
import { basename } from 'node:path';

import { describeFall } from '../../scripts/tests/testCounts.ts';
import { drivenFiles } from '../../scripts/tests/testFiles.ts';
import { buildInEditorTests } from '../support/editor/buildInEditorTests.ts';
import { runInEditor } from '../support/editor/runInEditor.ts';
import { shopFolder } from '../support/shop.ts';
import { packedExtension } from './openedHere.ts';

describe('inside the extension host', () => {
  it('the packed extension behaves as its tests there say', async function () {
    this.timeout(180_000);
    const tests = await buildInEditorTests();
    const { passed, failed, files } = await runInEditor({
      vsix: packedExtension(),
      folder: shopFolder,
      tests,
    });
    console.log(passed.map((name) => `inside: ${name}`).join('\n'));
    assert.deepEqual(failed, []);
    const driven = drivenFiles('test/integration/inEditor.test.ts');
    assert.deepEqual(
      files,
      driven.map((file) => basename(file, '.test.ts')),
    );
    assert.equal(describeFall('inEditor', passed.length), undefined);
  });
});
