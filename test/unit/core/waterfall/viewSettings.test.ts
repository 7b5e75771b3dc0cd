import assert from 'node:assert/strict';
import { settingOf, sortOf, sortText } from '../../../../src/core/waterfall/viewSettings.ts';

describe('settings of views', () => {
  it('are read as they were written, and as none where they are something else', () => {
    const keys = ['name', 'p95'] as const;
    for (const key of keys)
      for (const ascending of [true, false]) {
        const sort = { key, ascending };
        assert.deepEqual(sortOf({ 'list.sort': sortText(sort) }, 'list.sort', keys), sort);
      }
    for (const text of ['', '+', 'p95', '-p99', '+-p95'])
      assert.equal(sortOf({ 'list.sort': text }, 'list.sort', keys), undefined);
    assert.equal(settingOf({ by: 'p95' }, 'by', keys), 'p95');
    assert.equal(settingOf({ by: 'p50' }, 'by', keys), undefined);
    assert.equal(settingOf({}, 'by', keys), undefined);
  });
});
