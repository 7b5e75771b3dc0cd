import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { describeFall, readCounts } from '../../../scripts/tests/testCounts.ts';
import {
  allTestFiles,
  drivenFiles,
  drivers,
  filesOfTier,
} from '../../../scripts/tests/testFiles.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Read, not imported: the script of the tiers builds the sample and the editor with what it imports. */
const tiers = [
  ...readFileSync(join(root, 'scripts/tiers.mjs'), 'utf8').matchAll(/\bname: '(\w+)'/g),
].map(([, name = '']) => name);

describe('the files of tests', () => {
  it('are each run once: by one tier, or by a driver inside another program', () => {
    const run = [
      ...tiers.flatMap((tier) => filesOfTier(tier)),
      ...drivers.flatMap(({ driver }) => drivenFiles(driver)),
    ];
    assert.deepEqual(run.toSorted(), allTestFiles());
  });

  it('of a driver are some, and it is run by a tier itself', () => {
    const direct = new Set(tiers.flatMap((tier) => filesOfTier(tier)));
    for (const { driver } of drivers) {
      assert.ok(direct.has(driver), driver);
      assert.notDeepEqual(drivenFiles(driver), []);
    }
  });

  it('hold more files than one folder, tests whose names begin alike included', () => {
    const integration = filesOfTier('integration');
    assert.ok(integration.includes('test/integration/inEditor.test.ts'));
    assert.ok(!integration.includes('test/integration/inEditor/extension.test.ts'));
    assert.ok(filesOfTier('backends').includes('test/backends/cancelInEditor.test.ts'));
  });
});

describe('the number of tests of a tier', () => {
  it('is known for each tier and driver', () => {
    assert.deepEqual(Object.keys(readCounts()).toSorted(), [...tiers, 'inEditor'].toSorted());
  });

  it('fails with what to do where it falls, and only there', () => {
    const counts = { unit: 10 };
    assert.equal(describeFall('unit', 10, counts), undefined);
    assert.equal(describeFall('unit', 11, counts), undefined);
    assert.match(
      describeFall('unit', 9, counts) ?? '',
      /^unit has 9 tests, 1 fewer than .*write 9/,
    );
    assert.match(describeFall('other', 9, counts) ?? '', /has no number for other: write 9 there/);
  });
});
