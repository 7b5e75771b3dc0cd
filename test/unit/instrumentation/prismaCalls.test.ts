import assert from 'node:assert/strict';

import { beginningCall, locatePrismaCalls } from '../../../instrumentation/src/prismaCalls.ts';

describe('calls of a Prisma client', () => {
  it('are left alone on what is no client', () => {
    for (const value of [undefined, null, 3, 'x', {}, { $transaction: () => 0 }])
      assert.equal(locatePrismaCalls(value), value);
  });

  it('begin nowhere while none begins', () => {
    assert.equal(beginningCall(), undefined);
  });
});
