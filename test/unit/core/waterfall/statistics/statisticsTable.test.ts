import fc from 'fast-check';
import assert from 'node:assert/strict';
import { buildTrace } from '../../../../../src/core/trace/build.ts';
import { spanStatuses } from '../../../../../src/core/trace/trace.ts';
import {
  groupFilter,
  rowsOfGroup,
} from '../../../../../src/core/waterfall/statistics/groupFilter.ts';
import {
  groupings,
  type GroupedTrace,
  type Grouping,
} from '../../../../../src/core/waterfall/statistics/groupings.ts';
import { statisticsTable } from '../../../../../src/core/waterfall/statistics/statisticsTable.ts';
import { makeSpan } from '../../../../support/span.ts';

const few = (names: readonly string[]) => fc.constantFrom(...names);

/** Traces whose spans share their services, operations, lines and handlers, with rows that count and match. */
const anyGrouped = fc
  .array(
    fc.record({
      parent: fc.nat(),
      start: fc.nat(100),
      duration: fc.oneof(fc.nat(5), fc.nat(1_000)),
      service: few(['shop', 'billing', '']),
      name: few(['GET /orders', 'prisma order.findMany', 'wait']),
      line: fc.integer({ min: -1, max: 2 }),
      handler: fc.integer({ min: -1, max: 1 }),
      failed: fc.boolean(),
      seen: fc.boolean(),
      match: fc.boolean(),
    }),
    { minLength: 1, maxLength: 60 },
  )
  .map((seeds) => {
    const id = (index: number) => (index + 1).toString(16).padStart(16, '0');
    const spans = seeds.map(({ parent, failed, ...seed }, index) =>
      makeSpan({
        ...seed,
        id: id(index),
        parent: index === 0 ? undefined : id(parent % index),
        status: failed ? 'error' : 'unset',
      }),
    );
    const shape = buildTrace(spans).trace;
    const seedOf = (row: number) => seeds[parseInt(shape.spans[row]!.spanId, 16) - 1]!;
    const column = (of: (seed: (typeof seeds)[number]) => number) =>
      Int32Array.from(shape.spans, (_, row) => of(seedOf(row)));
    const trace: GroupedTrace = {
      shape,
      places: { texts: ['a.ts:1', 'a.ts:2', 'b.ts:1'], row: column(({ line }) => line) },
      handlers: { texts: ['A.get', 'B.post'], row: column(({ handler }) => handler) },
    };
    return {
      trace,
      counted: {
        seen: Uint8Array.from(column(({ seen }) => Number(seen))),
        matches: Uint8Array.from(column(({ match }) => Number(match))),
      },
    };
  });

describe('statistics by operation', () => {
  it('have one group for calls to one place, whatever ids are in their paths, that no filter finds', () => {
    const names = ['GET tax/rates/7', 'GET tax/rates/8', 'GET tax/rules/7', 'wait'];
    const shape = buildTrace(
      names.map((called, at) => makeSpan({ id: String(at), name: called, start: at, duration: 1 })),
    ).trace;
    const none = { texts: [], row: new Int32Array(names.length).fill(-1) };
    const trace = { shape, places: none, handlers: none };
    const counted = { seen: undefined, matches: undefined };
    const table = statisticsTable(trace, { by: 'operation', thenBy: undefined }, counted);
    assert.deepEqual(
      table.map((entry) => [
        entry.name,
        entry.numbers.count,
        groupFilter({ entry, within: undefined }),
      ]),
      [
        ['GET tax/rates/*', 2, 'name:="GET tax/rates/*"'],
        ['GET tax/rules/7', 1, 'name:="GET tax/rules/7"'],
        ['wait', 1, 'name:=wait'],
      ],
    );
    assert.deepEqual(
      rowsOfGroup(trace, { entry: table[0]!, within: undefined }, undefined),
      [0, 1],
    );
  });
});

/** The text of a row, looked up each time. */
function textOf({ shape, places, handlers }: GroupedTrace, by: Grouping, row: number) {
  const { columns } = shape;
  return {
    service: () => shape.services[columns.service[row]!],
    operation: () => shape.operations[columns.operation[row]!],
    handler: () => handlers.texts[handlers.row[row]!],
    line: () => places.texts[places.row[row]!],
  }[by]();
}

/** The smallest value that at least this share of all doesn't exceed, by trying each. */
const quantile = (values: readonly number[], share: number) =>
  Math.min(
    ...values.filter(
      (value) => values.filter((other) => other <= value).length >= share * values.length - 1e-9,
    ),
  );

function numbersOf({ shape }: GroupedTrace, rows: readonly number[], matches: Uint8Array) {
  const { duration, selfTime, criticalTime, status } = shape.columns;
  const sum = (column: Float64Array) => rows.reduce((total, row) => total + column[row]!, 0);
  const durations = rows.map((row) => duration[row]!);
  return {
    count: rows.length,
    total: sum(duration),
    average: sum(duration) / rows.length,
    p50: quantile(durations, 0.5),
    p95: quantile(durations, 0.95),
    max: Math.max(...durations),
    selfTime: sum(selfTime),
    criticalTime: sum(criticalTime),
    errors: rows.filter((row) => spanStatuses[status[row]!] === 'error').length,
    matches: rows.filter((row) => matches[row] === 1).length,
  };
}

const anyGrouping = few(groupings) as fc.Arbitrary<Grouping>;

describe('statistics of a trace', () => {
  it('have of each group and its parts what counting its spans one by one gives', () => {
    fc.assert(
      fc.property(anyGrouped, anyGrouping, anyGrouping, ({ trace, counted }, by, thenBy) => {
        const rows = [...counted.seen.keys()].filter((row) => counted.seen[row] === 1);
        const groups = statisticsTable(trace, { by, thenBy }, counted);
        const expected = Map.groupBy(rows, (row) => textOf(trace, by, row));
        assert.deepEqual(new Set(groups.map(({ name }) => name)), new Set(expected.keys()));
        for (const { name, numbers, parts } of groups) {
          const own = expected.get(name)!;
          assert.deepEqual(numbers, numbersOf(trace, own, counted.matches));
          const inner = Map.groupBy(own, (row) => textOf(trace, thenBy, row));
          assert.equal(parts.length, thenBy === by ? 0 : inner.size);
          for (const part of parts)
            assert.deepEqual(
              part.numbers,
              numbersOf(trace, inner.get(part.name)!, counted.matches),
            );
        }
      }),
    );
  });

  it('of all spans together are the whole critical path, however they are put together', () => {
    fc.assert(
      fc.property(anyGrouped, anyGrouping, ({ trace }, by) => {
        const all = { seen: undefined, matches: undefined };
        const groups = statisticsTable(trace, { by, thenBy: undefined }, all);
        const sum = groups.reduce((total, { numbers }) => total + numbers.criticalTime, 0);
        assert.equal(Math.round(sum), Math.round(trace.shape.columns.duration[0]!));
        assert.equal(
          groups.reduce((total, { numbers }) => total + numbers.count, 0),
          trace.shape.size,
        );
      }),
    );
  });
});
