import assert from 'node:assert/strict';
import fc from 'fast-check';
import { shiftedLine, type TextEdit } from '../../../../src/host/code/lineShift.ts';

const edit = (
  [startLine, startColumn]: [number, number],
  [endLine, endColumn]: [number, number],
  lineBreaks: number,
): TextEdit => ({
  start: { line: startLine, column: startColumn },
  end: { line: endLine, column: endColumn },
  lineBreaks,
});
const lineAfter = (line: number, change: TextEdit) => shiftedLine({ line, column: 1 }, change);

describe('a line under an edit', () => {
  it('moves down by lines inserted above or at its beginning', () => {
    assert.equal(lineAfter(10, edit([3, 5], [3, 5], 2)), 12);
    assert.equal(lineAfter(10, edit([10, 1], [10, 1], 1)), 11);
  });

  it('stays for edits below it, and for lines broken off its end', () => {
    assert.equal(lineAfter(10, edit([11, 1], [12, 1], 5)), 10);
    assert.equal(lineAfter(10, edit([10, 8], [10, 8], 1)), 10);
  });

  it('moves up by lines deleted above', () => {
    assert.equal(lineAfter(10, edit([2, 1], [5, 1], 0)), 7);
  });

  it('inside the replaced text is where the replacement ends', () => {
    assert.equal(lineAfter(10, edit([8, 1], [12, 4], 1)), 9);
  });

  it('follows its text: the line found by searching the edited text', () => {
    const text = fc.array(fc.constantFrom('a', 'b', ''), { minLength: 3, maxLength: 8 });
    fc.assert(
      fc.property(text, fc.nat(7), fc.nat(7), fc.nat(3), (lines, from, removed, added) => {
        const marked = [...lines, 'MARK'];
        const start = Math.min(from, lines.length - 1);
        const end = Math.min(start + removed, lines.length);
        const edited = [...marked];
        edited.splice(start, end - start, ...Array<string>(added).fill('new'));
        const change = edit([start + 1, 1], [end + 1, 1], added);
        assert.equal(lineAfter(marked.length, change), edited.indexOf('MARK') + 1);
      }),
    );
  });
});
