import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SoughtAttribute, TraceQuery } from '../../../../src/core/ports.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import { findTraces } from '../../../../src/sources/jaeger/findTraces.ts';
import { findInTrace, firstFound } from '../../../../src/sources/search/foundTrace.ts';
import { cassandraStore, memoryStore, type MadeUpStore } from '../../../support/jaegerStores.ts';
import { at, never, query, second, sentSpan, µs } from '../../../support/sourceContract/sent.ts';

const service = 'shop';
const search = (store: MadeUpStore, asked: TraceQuery) =>
  findTraces(store.api, asked, () => false, never);
const idsOf = (found: readonly { summary: { traceId: string } }[]) =>
  found.map(({ summary }) => summary.traceId);

/** What there is to find, by looking at every trace. */
const truth = (traces: readonly RawSpan[][], asked: TraceQuery) =>
  idsOf(
    firstFound(
      traces.flatMap((spans) => findInTrace(spans, asked) ?? []),
      asked,
    ),
  );

const gold: SoughtAttribute = { key: 'tier', value: 'gold' };

/** A time that is the same in every run: Cassandra's answers depend on where its hours begin. */
const hour = Date.UTC(2026, 2, 5, 12) * 1_000;

/**
 * Traces with a server span and a query below it, over some hours; none begins with another.
 * @param minute of the hour, in which the newest begins
 */
const manyTraces = (count: number, gap = second, minute = 40): RawSpan[][] =>
  Array.from({ length: count }, (_, n) => {
    const root = sentSpan({
      service,
      name: n % 3 === 0 ? 'GET /a' : 'GET /b',
      start: epochMicroseconds(hour + minute * 60 * second - n * gap),
      duration: 1 + ((n * 617) % 1_000),
      status: n % 7 === 0 ? 'error' : 'unset',
      attributes: { tier: n % 5 === 0 ? 'gold' : 'silver' },
    });
    const { traceId, spanId: parent, start } = root;
    return [root, sentSpan({ service, kind: 'client', name: 'query', traceId, parent, start })];
  });

const windowOf = (traces: readonly RawSpan[][]) => {
  const starts = traces.flat().map(({ start }) => start);
  const sorted = starts.toSorted((a, b) => a - b);
  return { start: sorted[0]!, end: sorted.at(-1)! };
};

/** Numbers from 0 to 1 that are the same in every run. */
function sameRandom(): () => number {
  let seed = 42;
  return () => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return seed / 2 ** 31;
  };
}

const stores: Readonly<Record<string, (traces: readonly RawSpan[][]) => MadeUpStore>> = {
  'a store that answers what came last': (traces) => memoryStore(traces.toReversed()),
  'a store that answers what came last, of traces that came newest first': (traces) =>
    memoryStore(traces),
  'a store that answers what came last, of traces that came in any order': (traces) => {
    const random = sameRandom();
    return memoryStore(
      traces
        .map((spans) => ({ spans, at: random() }))
        .sort((a, b) => a.at - b.at)
        .map(({ spans }) => spans),
    );
  },
  'a store that answers any of the newest, as Cassandra': (traces) =>
    cassandraStore(traces, sameRandom()),
};

for (const [name, open] of Object.entries(stores))
  describe(`a search on ${name}`, () => {
    const traces = manyTraces(1_500);
    const inAll = (parts: Partial<TraceQuery>) =>
      query({ service, limit: 20, window: windowOf(traces), ...parts });

    const cases: Readonly<Record<string, Partial<TraceQuery>>> = {
      'of a service': {},
      'by operation': { operation: 'GET /a' },
      'by duration': { minDuration: µs(900) },
      'by shortest and longest duration': { minDuration: µs(900), maxDuration: µs(910) },
      'by duration and operation': { minDuration: µs(900), operation: 'GET /b' },
      'by attribute': { attributes: [gold] },
      'by attribute and operation': { attributes: [gold], operation: 'GET /a' },
      'by attribute and errors': { attributes: [gold], errorsOnly: true },
      'by attribute and duration': { attributes: [gold], minDuration: µs(900) },
      'by errors, operation and duration': {
        errorsOnly: true,
        operation: 'GET /a',
        minDuration: µs(500),
      },
      'by an attribute that is no tag everywhere': {
        attributes: [{ key: 'span.kind', value: 'client' }],
      },
      'for the slowest': { order: 'slowest' },
      'for the slowest of an operation': { order: 'slowest', operation: 'GET /a' },
    };
    for (const [what, parts] of Object.entries(cases))
      it(`${what} finds the first twenty of fifteen hundred, and knows that it did`, async () => {
        const store = open(traces);
        const { traces: found, complete, reason } = await search(store, inAll(parts));
        assert.deepEqual([complete, reason], [true, '']);
        assert.deepEqual(idsOf(found), truth(traces, inAll(parts)));
        assert.ok(store.asked.length <= 30, String(store.asked.length));
      });

    it('finds traces that begin in the same microsecond', async () => {
      const same = Array.from({ length: 300 }, () => [sentSpan({ service })]);
      const asked = query({ service, limit: 20, window: windowOf(same) });
      const { traces: found, complete } = await search(open(same), asked);
      assert.deepEqual([found.length, complete], [20, true]);
    });

    it('is right or says that it is not, whatever is asked of whichever traces', async () => {
      await fc.assert(
        fc.asyncProperty(spansOfTraces, conditions, async (made, parts) => {
          const asked = query({ service, ...parts });
          const { traces: found, complete, reason } = await search(open(made), asked);
          assert.equal(complete, reason === '');
          const there = truth(made, { ...asked, limit: 1_000 });
          for (const id of idsOf(found)) assert.ok(there.includes(id));
          if (!complete) return;
          const wanted = truth(made, asked);
          // Any of those that begin at once with the last may be missing.
          const last = startOf(made, wanted.at(-1));
          const sure =
            asked.order === 'slowest' ? [] : wanted.filter((id) => startOf(made, id) > last);
          assert.equal(found.length, wanted.length);
          for (const id of sure) assert.ok(idsOf(found).includes(id));
        }),
        { numRuns: 150 },
      );
    });
  });

describe('a search by duration through Jaeger on Cassandra', () => {
  it('never calls itself complete when it is not, wherever its hours begin', async () => {
    const wrong: string[] = [];
    for (let minute = 0; minute < 60; minute += 6)
      for (const least of [500, 900]) {
        const traces = manyTraces(1_500, second, minute);
        const asked = query({
          service,
          limit: 20,
          window: windowOf(traces),
          minDuration: µs(least),
        });
        const { traces: found, complete } = await search(
          cassandraStore(traces, sameRandom()),
          asked,
        );
        const isRight = JSON.stringify(idsOf(found)) === JSON.stringify(truth(traces, asked));
        if (complete && !isRight) wrong.push(`${least} µs, minute ${minute}`);
      }
    assert.deepEqual(wrong, []);
  });
});

const startOf = (traces: readonly RawSpan[][], id: string | undefined) =>
  Math.min(...(traces.find((spans) => spans[0]?.traceId === id) ?? []).map(({ start }) => start));

/** Few different times and lengths, so that they meet. */
const spansOfTraces = fc
  .array(
    fc.array(
      fc.record({
        offset: fc.oneof(
          fc.integer({ min: 0, max: 5 }),
          fc.integer({ min: -second * 900, max: 900 * second }),
        ),
        duration: fc.integer({ min: 1, max: 6 }),
        name: fc.constantFrom('GET /a', 'GET /b'),
        isGold: fc.boolean(),
        failed: fc.boolean(),
        isShop: fc.boolean(),
      }),
      { minLength: 1, maxLength: 4 },
    ),
    { maxLength: 120 },
  )
  .map((made) =>
    made.map((spans): RawSpan[] => {
      const { traceId } = sentSpan({ service });
      return spans.map(({ offset, duration, name, isGold, failed, isShop }) =>
        sentSpan({
          service: isShop ? service : 'other',
          traceId,
          name,
          start: at(offset),
          duration,
          status: failed ? 'error' : 'unset',
          attributes: { tier: isGold ? 'gold' : 'silver' },
        }),
      );
    }),
  );

const conditions: fc.Arbitrary<Partial<TraceQuery>> = fc.record(
  {
    operation: fc.constant('GET /a'),
    attributes: fc.constant([gold]),
    minDuration: fc.integer({ min: 1, max: 6 }).map(µs),
    maxDuration: fc.integer({ min: 1, max: 6 }).map(µs),
    errorsOnly: fc.constant(true),
    order: fc.constant('slowest' as const),
    limit: fc.integer({ min: 1, max: 20 }),
  },
  { requiredKeys: ['limit'] },
);
