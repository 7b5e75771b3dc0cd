import assert from 'node:assert/strict';
import fc from 'fast-check';
import { withoutEscapes } from '../../../../src/core/base/escapeSequences.ts';

const sequences = [
  '\u001b[31m',
  '\u001b[1;4;22m',
  '\u001b[38;5;208m',
  '\u001b[38:2::10:20:30m',
  '\u009b0m',
  '\u001b[2K',
  '\u001b[?25h',
  '\u001b]8;;file:///app/src/main.ts\u001b\\',
  '\u001b]8;;\u0007',
  '\u001b]0;a title\u0007',
  '\u001bPq#0\u001b\\',
  '\u001b(B',
  '\u001bM',
];

describe('a text that was written for a terminal', () => {
  it('is what the terminal shows of it', () => {
    assert.equal(
      withoutEscapes('\u001b]8;;http://x\u0007\u001b[4mmain.ts:7\u001b[24m\u001b]8;;\u0007 [31m'),
      'main.ts:7 [31m',
    );
  });

  it('loses an address that never ends at the end of its line', () => {
    assert.equal(withoutEscapes('a\u001b]8;;http://x\nb'), 'a\nb');
  });

  it('keeps every other character, wherever the sequences stand', () => {
    const parts = fc.array(
      fc.record({
        text: fc.stringMatching(/^[ -~\n\t가-힣]*$/),
        sequence: fc.constantFrom(...sequences),
      }),
    );
    fc.assert(
      fc.property(parts, (all) => {
        const written = all.map(({ text, sequence }) => sequence + text).join('');
        assert.equal(withoutEscapes(written), all.map(({ text }) => text).join(''));
      }),
    );
  });

  it('is read in one pass, however broken', () => {
    const started = performance.now();
    for (const piece of ['\u001b]', '\u001b[', '\u001b[1;', '\u001bP', '\u001b'])
      withoutEscapes(piece.repeat(200_000));
    assert.ok(performance.now() - started < 1_000);
  });
});
