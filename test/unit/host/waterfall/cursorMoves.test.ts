import assert from 'node:assert/strict';

import { CursorMoves } from '../../../../src/host/waterfall/cursorMoves.ts';

describe('a cursor', () => {
  /** Of a cursor that goes through these places in turn. */
  const moves = (
    ...places: readonly (readonly [path: string, line: number, version: number])[]
  ) => {
    const cursor = new CursorMoves();
    return places.map(([path, line, version]) => cursor.isMove({ path, line, version }));
  };

  it('moves to another line or file, not within its line', () => {
    assert.deepEqual(moves(['a', 1, 1], ['a', 1, 1], ['a', 2, 1], ['b', 2, 7], ['a', 2, 1]), [
      true,
      false,
      true,
      true,
      true,
    ]);
  });

  it('does not move where text is typed, also over several lines', () => {
    assert.deepEqual(moves(['a', 1, 1], ['a', 2, 2], ['a', 3, 3], ['a', 4, 3]), [
      true,
      false,
      false,
      true,
    ]);
  });
});
