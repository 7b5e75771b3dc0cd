import { deepEqual } from 'node:assert/strict';
import { extractConfig } from '../../../../src/core/code/configFacts.ts';

const variables = (text: string) => {
  const facts = extractConfig('/ws/.env', text);
  return facts?.kind === 'environment' ? facts.variables : undefined;
};

describe('configuration files', () => {
  it('variables have neither quotes nor the comment behind them', () => {
    deepEqual(
      variables(
        `A=one # first\nexport B = "two # not a comment" # second\nC=th#ree\nD='4'\nE=\n#F=6\nG=a  \t# c # d\r\n`,
      ),
      { A: 'one', B: 'two # not a comment', C: 'th', D: '4', E: '', G: 'a' },
    );
  });

  it('lines of spaces without end are read like any other', () => {
    const spaces = ' '.repeat(300_000);
    deepEqual(variables(`A=a${spaces}b\nB=c${spaces}\nC=${spaces}d${spaces}# e`), {
      A: `a${spaces}b`,
      B: 'c',
      C: 'd',
    });
  });

  it('conditions of exports without end have no entry', () => {
    const text = `{ "main": "a.js", "exports": ${'{"x":'.repeat(3_000)}"b.js"${'}'.repeat(3_000)} }`;
    const facts = extractConfig('/ws/package.json', text);
    deepEqual(facts?.kind === 'package' && facts.entries, ['a.js']);
  });
});
