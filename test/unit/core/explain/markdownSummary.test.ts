import assert from 'node:assert/strict';
import fc from 'fast-check';
import { epochMicroseconds, microseconds } from '../../../../src/core/base/units.ts';
import { markdownSummary } from '../../../../src/core/explain/markdownSummary.ts';
import type { TraceFacts } from '../../../../src/core/explain/traceFacts.ts';
import { assertGolden } from '../../../support/goldenText.ts';

const facts: TraceFacts = {
  traceId: '0af7651916cd43dd8448eb211c80319c',
  operation: 'DELETE /api/v1/orders/:id',
  start: epochMicroseconds(1_700_000_000_000_000),
  duration: microseconds(2_430_000),
  spanCount: 1_214,
  errorCount: 3,
  services: ['shop-api', 'tax-authority'],
  costs: [
    {
      symbol: 'GET tax-authority/rates/*',
      location: { path: '/w/src/orders/tax.service.ts', line: 31, column: 5 },
      calls: 22,
      time: microseconds(2_020_000),
      share: 0.83,
    },
    {
      symbol: 'pg-pool.connect',
      location: undefined,
      calls: 1,
      time: microseconds(90_000),
      share: 0.037,
    },
  ],
  errors: [
    {
      service: 'tax-authority',
      operation: 'GET /rates/:id',
      message: 'connect ECONNREFUSED 127.0.0.1:3001',
      count: 3,
    },
  ],
};
const summaryOf = (changed: Partial<TraceFacts> = {}) =>
  markdownSummary({ ...facts, ...changed }, ({ path, line }) => `${path.slice(3)}:${line}`);
const evil =
  '`a` ``b`` | \\| [x](http://evil.example) ![i](http://evil.example/i.png) <img src=x> @all #1 \n# y \u202e';

/** As cmark-gfm reads a row: a bar right behind a backslash is of the cell, and that backslash isn't shown. */
const cellsOf = (row: string): readonly string[] =>
  (row.match(/(?:\\\||[^|])+/g) ?? [])
    .filter((one) => one.trim() !== '')
    .map((one) => one.replaceAll('\\|', '|'));

describe('the Markdown summary of a trace', () => {
  it('says what it is, what its time goes to, and its errors', () => {
    assertGolden(new URL('summary.golden.md', import.meta.url), summaryOf());
  });

  it('keeps hostile text in code spans', () => {
    const text = summaryOf({
      operation: evil,
      services: [evil],
      costs: [{ ...facts.costs[0]!, symbol: evil }],
      errors: [{ service: evil, operation: evil, message: evil, count: 1 }],
    });
    assertGolden(new URL('hostileSummary.golden.md', import.meta.url), text);
  });

  it('shows bars and backslashes in its table as they are', () => {
    for (const symbol of ['a | b', 'a \\| b', 'a \\\\| b', 'a || b', '\\']) {
      const summary = summaryOf({ costs: [{ ...facts.costs[0]!, symbol, location: undefined }] });
      const [, , row = ''] = summary.split('\n').filter((line) => line.startsWith('| '));
      assert.equal(cellsOf(row)[3]?.trim(), `\`${symbol}\``);
    }
  });

  it('has no table and no list where there is nothing for them', () => {
    const text = summaryOf({ costs: [], errors: [], errorCount: 0, operation: '' });
    assert.equal(
      text,
      '### – · 2.43 s\n\n1,214 spans · `shop-api`, `tax-authority` · trace `0af7651916cd43dd8448eb211c80319c`\n',
    );
  });

  it('has as many cells in each row as it has headings, and no text outside code, whatever spans say', () => {
    const text = fc.string({
      unit: fc.constantFrom('`', '|', '\\', '<', 'a', ' ', '\n', '*', '@'),
    });
    fc.assert(
      fc.property(text, (symbol) => {
        const summary = summaryOf({ costs: [{ ...facts.costs[0]!, symbol }], errors: [] });
        const [, , row = ''] = summary.split('\n').filter((line) => line.startsWith('| '));
        const cells = cellsOf(row);
        assert.equal(cells.length, 4, row);
        const outside = (cells[3] ?? '').replace(/(`+)(?!`).*?(?<!`)\1(?!`)/gs, '');
        assert.match(outside, /^[ ·–]*$/, row);
      }),
    );
  });
});
