import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { BatchQuery } from '../../../../src/core/matching/calls/prisma/batchQueries.ts';
import type { BatchedCall } from '../../../../src/core/matching/calls/prisma/batchedCall.ts';
import type { CallBatch } from '../../../../src/core/matching/calls/prisma/callBatches.ts';
import { modelTablesOf } from '../../../../src/core/matching/calls/prisma/modelTables.ts';
import { makersOf, type Maker } from '../../../../src/core/matching/calls/prisma/queryMakers.ts';
import { makeIndex } from '../../../support/codeIndex.ts';

const models = ['a', 'b', 'c', 'd'] as const;
type Model = (typeof models)[number];
const model = fc.constantFrom(...models);
const relations = fc.array(fc.tuple(model, model), { maxLength: 5 });

function tablesOf(pairs: readonly (readonly [Model, Model])[]) {
  const related = (one: Model) =>
    pairs.flatMap(([from, to]) => (from === one ? [to] : to === one ? [from] : []));
  return modelTablesOf({
    ...makeIndex({}),
    models: models.map((name) => ({ name, table: name, related: related(name), relations: [] })),
  });
}

type Verb = 'select' | 'insert' | 'update' | 'delete';
interface Made {
  readonly query: BatchQuery;
  readonly by: number;
}

/** What a call can't do without; an update may write its relations alone. */
const ownVerbs: Readonly<Record<string, readonly Verb[]>> = {
  findMany: ['select'],
  create: ['insert'],
  update: ['update', 'select'],
  updateMany: ['update'],
  upsert: ['insert', 'update', 'select'],
  delete: ['delete'],
};

const whole = 1_000_000;
const callOf = (row: number, name: Model, operation: string, transaction: number): BatchedCall => ({
  row,
  model: name,
  operation,
  transaction,
  start: 0,
  end: whole,
  work: [],
});
const queryOf = (row: number, start: number, verb: Verb, name: Model): BatchQuery => ({
  row,
  // As OpenTelemetry has it: starts in whole milliseconds.
  start: Math.floor(start / 1_000) * 1_000,
  end: Math.floor(start / 1_000) * 1_000 + 400,
  subject: { verb, models: [name], joins: [] },
  engine: -1,
});

/** What is said to be certain is what happened. */
function check(
  made: readonly Made[],
  calls: readonly BatchedCall[],
  kind: CallBatch['kind'],
  tables: ReturnType<typeof tablesOf>,
) {
  const [first, ...others] = calls;
  const makers: Maker[] = calls.map((call) => ({
    model: call.model,
    operation: call.operation,
    calls: [call],
  }));
  const queries = made.map(({ query }) => query).sort((x, y) => x.start - y.start);
  const found = makersOf({
    batch: { first: first!, others, kind, unsure: new Set() },
    work: { queries, compilations: [], rest: [], begins: true, isCommitted: true },
    makers,
    tables,
  });
  assert.equal(found.size, made.length);
  for (const { query, by } of made) {
    const { makers: said, isCertain } = found.get(query)!;
    if (isCertain)
      assert.ok(
        said.some((one) => one.calls[0] === calls[by]),
        `query ${query.row}`,
      );
  }
  return [...found.values()].filter(({ isCertain }) => isCertain).length;
}

const steps = fc.array(
  fc.record({
    model,
    operation: fc.constantFrom(...Object.keys(ownVerbs)),
    before: fc.array(
      fc.tuple(model, fc.constantFrom<Verb>('select', 'insert', 'update', 'delete')),
      { maxLength: 2 },
    ),
    after: fc.array(
      fc.tuple(model, fc.constantFrom<Verb>('select', 'insert', 'update', 'delete')),
      { maxLength: 2 },
    ),
    took: fc.integer({ min: 100, max: 3_000 }),
    own: fc.nat(),
  }),
  { minLength: 2, maxLength: 4 },
);

describe('makersOf', () => {
  it('is right where it is certain, of calls in a $transaction with nested writes and includes', () => {
    let certain = 0;
    fc.assert(
      fc.property(relations, steps, (pairs, calls) => {
        const tables = tablesOf(pairs);
        const made: Made[] = [];
        let time = 5_000;
        for (const [
          by,
          { model: own, operation, before, after, took, own: variant },
        ] of calls.entries()) {
          const verbs = ownVerbs[operation]!;
          const nested = (all: readonly (readonly [Model, Verb])[]) =>
            all.filter(
              ([other, verb]) =>
                tables.distance(own, other) < Infinity &&
                (operation !== 'findMany' || verb === 'select'),
            );
          const all = [
            ...nested(before),
            [own, verbs[variant % verbs.length]!] as const,
            ...nested(after),
          ];
          for (const [name, verb] of all) {
            made.push({ query: queryOf(made.length, time, verb, name), by });
            time += took;
          }
        }
        const called = calls.map((one, row) => callOf(row, one.model, one.operation, 99));
        certain += check(made, called, 'transaction', tables);
      }),
    );
    assert.ok(certain > 50);
  });

  it('is right where it is certain, of reads at the same time with includes', () => {
    const reads = fc.array(
      fc.record({
        model,
        includes: fc.array(model, { maxLength: 3 }),
        took: fc.integer({ min: 500, max: 4_000 }),
      }),
      { minLength: 2, maxLength: 4 },
    );
    let certain = 0;
    fc.assert(
      fc.property(relations, reads, (pairs, calls) => {
        const tables = tablesOf(pairs);
        const made: Made[] = [];
        for (const [by, { model: own, includes, took }] of calls.entries()) {
          let time = 5_000;
          for (const name of [
            own,
            ...includes.filter((other) => tables.distance(own, other) < Infinity),
          ]) {
            const query = queryOf(made.length, time, 'select', name);
            made.push({ query: { ...query, end: query.start + took }, by });
            // What is included is asked for when the record is there.
            time += took + 1_000;
          }
        }
        const called = calls.map((one, row) => callOf(row, one.model, 'findUnique', -1));
        certain += check(made, called, 'reads', tables);
      }),
    );
    assert.ok(certain > 50);
  });
});
