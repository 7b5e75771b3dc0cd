import { deepEqual, equal } from 'node:assert/strict';
import ignore from 'ignore';
import { excludePatterns, ignorePatterns } from '../../../../src/engine/code/ignorePatterns.ts';

describe('patterns of what is ignored', () => {
  it('are the lines of a file, and globs without their braces', () => {
    deepEqual(ignorePatterns('a\r\n!**/b/**/c/**/*.js\n'), ['a', '!**/b/**/c/**/*.js', '']);
    deepEqual(excludePatterns(['**/*.{js,map}']), ['**/*.js', '**/*.map']);
  });

  it('leave out what tries all ways through a deep path', () => {
    const slow = '**/a/**/a/**/a/**/b';
    deepEqual(ignorePatterns(`${slow}\nb`), ['b']);
    deepEqual(excludePatterns([slow, `a/${slow}`, 'b']), ['b']);
    const started = performance.now();
    const rules = ignore().add(ignorePatterns(`**/a/**/a/**/b\n${slow}`));
    equal(rules.ignores(`${'a/'.repeat(100)}x.ts`), false);
    equal(performance.now() - started < 5_000, true);
  });

  it('are bounded', () => {
    equal(ignorePatterns('a\n'.repeat(50_000)).length, 2_000);
    equal(excludePatterns(Array<string>(100).fill('{a,b,c,d,e}'.repeat(9))).length, 2_000);
  });
});
