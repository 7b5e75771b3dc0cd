import fc from 'fast-check';
import assert from 'node:assert/strict';
import { buildTrace } from '../../../../../src/core/trace/build.ts';
import { filterSpans } from '../../../../../src/core/trace/filter/filterSpans.ts';
import { parseSpanFilter } from '../../../../../src/core/trace/filter/parseSpanFilter.ts';
import {
  groupFilter,
  rowsOfGroup,
} from '../../../../../src/core/waterfall/statistics/groupFilter.ts';
import {
  groupings,
  type Grouping,
} from '../../../../../src/core/waterfall/statistics/groupings.ts';
import { statisticsTable } from '../../../../../src/core/waterfall/statistics/statisticsTable.ts';
import { makeSpan } from '../../../../support/span.ts';

const name = fc.constantFrom(
  'shop api',
  'GET /orders/:id?a=1&b=2',
  '-x',
  'prisma:client',
  '주문 조회',
);
const place = { texts: ['a.ts:1', 'b.ts:2'], handlers: ['Orders.get'] };

const anyTrace = fc
  .array(
    fc.record({
      service: name,
      name,
      line: fc.integer({ min: -1, max: 1 }),
      handled: fc.boolean(),
    }),
    { minLength: 1, maxLength: 20 },
  )
  .map((seeds) => {
    const spans = seeds.map(({ service, name: called }, index) =>
      makeSpan({
        service,
        name: called,
        id: (index + 1).toString(16).padStart(16, '0'),
        start: index,
      }),
    );
    return {
      shape: buildTrace(spans).trace,
      places: { texts: place.texts, row: Int32Array.from(seeds, ({ line }) => line) },
      handlers: {
        texts: place.handlers,
        row: Int32Array.from(seeds, ({ handled }) => (handled ? 0 : -1)),
      },
    };
  });
const anyGrouping: fc.Arbitrary<Grouping> = fc.constantFrom(...groupings);

describe('the filter of a group', () => {
  it('finds the spans that the group counts, or there is none and its rows are those', () => {
    fc.assert(
      fc.property(anyTrace, anyGrouping, anyGrouping, (trace, by, thenBy) => {
        const all = { seen: undefined, matches: undefined };
        for (const group of statisticsTable(trace, { by, thenBy }, all))
          for (const path of [
            { entry: group, within: undefined },
            ...group.parts.map((part) => ({ entry: part, within: group })),
          ]) {
            const rows = rowsOfGroup(trace, path, undefined);
            assert.equal(rows.length, path.entry.numbers.count);
            const filter = groupFilter(path);
            const ofHandler = [path.entry, path.within].some((one) => one?.by === 'handler');
            assert.equal(filter === undefined, ofHandler);
            if (filter === undefined) continue;
            const { expression, problems } = parseSpanFilter(filter);
            assert.deepEqual(problems, []);
            assert.ok(expression);
            const marks = filterSpans(trace.shape, expression, {
              places: trace.places,
              marks: () => new Uint8Array(trace.shape.size),
            });
            assert.deepEqual(
              [...marks.keys()].filter((row) => marks[row] === 1),
              rows,
            );
          }
      }),
    );
  });
});
