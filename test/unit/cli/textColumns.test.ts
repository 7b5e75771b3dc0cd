import assert from 'node:assert/strict';
import stringWidth from 'string-width';
import { fitted } from '../../../src/cli/textColumns.ts';

describe('a column of a terminal', () => {
  for (const [text, width, shown] of [
    ['abc', 5, 'abc  '],
    ['abcdef', 4, 'abc…'],
    ['주문 삭제', 6, '주문 …'],
    ['👨‍👩‍👧‍👦👨‍👩‍👧‍👦👨‍👩‍👧‍👦', 5, '👨‍👩‍👧‍👦👨‍👩‍👧‍👦…'],
    ['🇰🇷🇰🇷🇰🇷', 4, '🇰🇷… '],
    ['e\u0301e\u0301e\u0301', 2, 'e\u0301…'],
  ] as const)
    it(`has ${JSON.stringify(text)} in ${String(width)} columns, no sign of it in half`, () => {
      assert.equal(fitted(text, width), shown);
      assert.equal(stringWidth(fitted(text, width, 'right')), width);
    });
});
