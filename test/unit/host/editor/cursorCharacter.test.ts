import fc from 'fast-check';
import assert from 'node:assert/strict';
import { cursorCharacter } from '../../../../src/host/editor/cursorCharacter.ts';

const call = '    return this.prisma.order.findMany({ where: { id } });';

describe('the cursor on a line that was opened', () => {
  it('stands at the column, where the line has code there', () => {
    assert.equal(cursorCharacter(call, call.indexOf('findMany') + 1), call.indexOf('findMany'));
  });

  it('stands at the first character of code for a column before it, past the end or unknown', () => {
    for (const column of [0, 1, 3, call.length + 1, 4_711, -1, Number.NaN, Infinity])
      assert.equal(cursorCharacter(call, column), 4, String(column));
  });

  it('stands at the first character of code where the column is far to the right', () => {
    const built = `function a(){${'return b;'.repeat(5_000)}}`;
    assert.equal(cursorCharacter(built, 40_000), 0);
    assert.equal(cursorCharacter(`  ${built}`, 200), 2);
  });

  it('is always on the line', () => {
    fc.assert(
      fc.property(fc.string(), fc.integer(), (text, column) => {
        const at = cursorCharacter(text, column);
        assert.ok(at >= 0 && at <= text.length);
      }),
    );
  });
});
