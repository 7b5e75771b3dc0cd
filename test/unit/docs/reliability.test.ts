import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { everyFault } from '../../support/faults/everyFault.ts';
import { rowsIn } from '../../support/faults/faultTable.ts';

const text = readFileSync(new URL('../../../docs/reliability.md', import.meta.url), 'utf8');
const section = (source: string): string =>
  text.split(`<!-- ${source} -->`)[1]?.split('<!-- end -->')[0] ?? '';

describe('docs/reliability.md', () => {
  for (const [source, faults] of Object.entries(everyFault)) {
    it(`has a row for each fault of ${source}, and none that is no longer tried`, () => {
      const titles = rowsIn(section(source)).map(({ title }) => title);
      assert.deepEqual(
        titles,
        faults.map(({ title }) => title),
      );
    });

    it(`has the sentences that ${source} is expected to show`, () => {
      const sentences = new Map(rowsIn(section(source)).map((row) => [row.title, row.sentence]));
      for (const { title, says } of faults)
        assert.match((sentences.get(title) ?? '').replaceAll(/\bPORT\b/g, '16686'), says, title);
    });
  }
});
