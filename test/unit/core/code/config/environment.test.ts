import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { readEnvironment } from '../../../../../src/core/code/config/environment.ts';

describe('a .env file', () => {
  const files: Readonly<Record<string, [text: string, variables: Record<string, string>]>> = {
    'has a variable a line': ['A=1\r\nB = two words \n\nC=', { A: '1', B: 'two words', C: '' }],
    'may export, and name in YAML’s manner': ['export A=1\nb.c-d: 2', { A: '1', 'b.c-d': '2' }],
    'has comments of lines and behind values': ['# A=0\nA=1 # one\nB=x#y', { A: '1', B: 'x' }],
    'keeps what is in quotes': [
      `A=" a # b "\nB='it "is"' # c\nC=\`it's "it"\``,
      { A: ' a # b ', B: 'it "is"', C: `it's "it"` },
    ],
    'has values of several lines in quotes': [
      'KEY="-----BEGIN\nA=not a variable\nEND"\nB=2',
      { KEY: '-----BEGIN\nA=not a variable\nEND', B: '2' },
    ],
    'writes line ends in double quotes only': [
      String.raw`A="x\ny"` + '\n' + String.raw`B='x\ny'`,
      { A: 'x\ny', B: String.raw`x\ny` },
    ],
    'may escape a quote': [String.raw`A="say \"hi\""`, { A: String.raw`say \"hi\"` }],
    'goes on after a quote that is not closed': ['A="x\nB=2', { A: '"x', B: '2' }],
    'may begin with a byte order mark': ['\uFEFFA=1', { A: '1' }],
    'has the last of two values': ['A=1\nA=2', { A: '2' }],
    'may hold lines that are none of it': ['nonsense\n=1\nA=1', { A: '1' }],
  };
  for (const [claim, [text, variables]] of Object.entries(files))
    it(claim, () => {
      assert.deepEqual(readEnvironment(text), variables);
    });

  it('gives every value back that was written in quotes', () => {
    const name = fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,8}$/);
    const value = fc.string({ unit: fc.constantFrom('a', ' ', '#', '=', '\n', 'B=', "'", '`') });
    fc.assert(
      fc.property(fc.dictionary(name, value, { maxKeys: 6, noNullPrototype: true }), (all) => {
        const text = Object.entries(all).map(([key, each]) => `${key}="${each}"`);
        assert.deepEqual(readEnvironment(text.join('\n')), all);
      }),
    );
  });

  it('is read in a moment, whatever stands in 400,000 characters', () => {
    for (const line of ['\n', 'A="\n', `A='"\n`, 'A="\\"\n', 'A=#\n', ' ', 'A: ', '`', 'export '])
      readEnvironment(line.repeat(400_000 / line.length));
  });
});
