import assert from 'node:assert/strict';
import fc from 'fast-check';
import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import type { SourceCapabilities, TraceQuery, TraceSource } from '../../../../src/core/ports.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { noneDropped } from '../../../../src/sources/droppedSpanList.ts';
import { findInTrace, firstFound } from '../../../../src/sources/search/foundTrace.ts';
import { withFallbacks } from '../../../../src/sources/search/withFallbacks.ts';
import { httpKey } from '../../../support/operationKeys.ts';
import { makeSpan } from '../../../support/span.ts';

const never = new AbortController().signal;
const all: TraceQuery = {
  service: undefined,
  operation: undefined,
  minDuration: undefined,
  errorsOnly: false,
  window: { start: epochMicroseconds(0), end: epochMicroseconds(1e9) },
  limit: 5,
};
const able = { completeFigures: true, searchAllServices: true, searchSlowest: true };
const whole = { complete: true, reason: '', ...noneDropped };

interface Asked {
  readonly source: TraceSource;
  readonly queries: TraceQuery[];
}

/** A source of these traces that refuses what its capabilities leave out. */
function sourceOf(
  traces: readonly (readonly RawSpan[])[],
  can: Partial<SourceCapabilities>,
  names?: readonly string[],
): Asked {
  const capabilities = { ...able, limitations: [], ...can };
  const queries: TraceQuery[] = [];
  const find = (query: TraceQuery) => {
    queries.push(query);
    if (query.order === 'slowest') assert.ok(capabilities.searchSlowest, 'asked for the slowest');
    if (query.service === undefined && query.operations === undefined)
      assert.ok(capabilities.searchAllServices, 'asked for every service');
    const found = traces.flatMap((spans) => findInTrace(spans, query) ?? []);
    return firstFound(found, query);
  };
  const services = [...new Set(traces.flat().map(({ resource }) => resource.service))].sort();
  const none = () => Promise.reject(new Error('not asked in this test'));
  const source: TraceSource = {
    label: 'made up',
    capabilities,
    services: () => Promise.resolve(names ?? services),
    operations: none,
    search: (query) =>
      Promise.resolve({ traces: find(query).map(({ summary }) => summary), ...whole }),
    sample: (query) => Promise.resolve({ traces: find(query).map(({ spans }) => spans), ...whole }),
    trace: none,
    figures: none,
    dispose: () => undefined,
  };
  return { source, queries };
}

const idsIn = (traces: readonly { readonly traceId: string }[]) =>
  traces.map(({ traceId }) => traceId);

const someTraces = fc
  .array(
    fc.array(
      fc.record({
        service: fc.constantFrom('shop', 'pricing', 'mail'),
        start: fc.integer({ min: 0, max: 50 }),
        duration: fc.integer({ min: 0, max: 500 }),
        kind: fc.constantFrom('server' as const, 'client' as const),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    { maxLength: 30 },
  )
  .map((traces) =>
    traces.map((spans, trace) =>
      spans.map((span, at) => makeSpan({ id: `${at}`, traceId: `t${trace}`, ...span })),
    ),
  );

describe('a source asked for what it cannot do', () => {
  it('finds the newest of every service as if it could, by asking each', async () => {
    await fc.assert(
      fc.asyncProperty(someTraces, async (traces) => {
        const { source } = sourceOf(traces, { searchAllServices: false });
        const expected = await sourceOf(traces, {}).source.search(all, never);
        const answer = await withFallbacks(source).search(all, never);
        assert.deepEqual(answer, expected);
        const { traces: spans } = await withFallbacks(source).sample(all, never);
        assert.deepEqual(
          spans.map(([first]) => first?.traceId),
          idsIn(expected.traces),
        );
      }),
    );
  });

  it('finds the slowest of a handler where few traces are in the window, and says nothing', async () => {
    await fc.assert(
      fc.asyncProperty(someTraces, fc.boolean(), async (traces, searchAllServices) => {
        const query = { ...all, order: 'slowest' as const };
        for (const operations of [undefined, [httpKey({ service: 'shop' })]]) {
          const asked = { ...query, ...(operations && { operations }) };
          const can = { searchSlowest: false, searchAllServices };
          const { source } = sourceOf(traces, can);
          const { traces: expected } = await sourceOf(traces, {}).source.sample(asked, never);
          const answer = await withFallbacks(source).sample(asked, never);
          assert.deepEqual([answer.traces, answer.complete, answer.reason], [expected, true, '']);
        }
      }),
    );
  });

  it('shows the slowest of the newest where there are more, and says so', async () => {
    const traces = Array.from({ length: 300 }, (_, at) => [
      makeSpan({ id: 'a', traceId: `${at}`, start: at, duration: 1_000 - at }),
    ]);
    const { source, queries } = sourceOf(traces, { searchSlowest: false });
    const query = { ...all, order: 'slowest', limit: 3 } as const;
    const answer = await withFallbacks(source).search(query, never);
    assert.deepEqual(idsIn(answer.traces), ['100', '101', '102'], 'not 0 to 2: they are older');
    assert.deepEqual(
      [answer.complete, answer.reason],
      [
        false,
        "This trace source can't sort by duration. Showing the slowest of the latest 200 traces.",
      ],
    );
    assert.deepEqual(
      queries.map(({ order, limit }) => [order, limit]),
      [['newest', 200]],
    );
  });

  it('asks of many services the first fifty, and says so', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `s${at}`);
    const traces = [[makeSpan({ id: 'a', service: 's3' })]];
    const { source, queries } = sourceOf(traces, { searchAllServices: false }, names);
    const answer = await withFallbacks(source).search(all, never);
    assert.deepEqual([answer.traces.length, queries.length, answer.complete], [1, 50, false]);
    assert.equal(answer.reason, 'Only 50 of 60 services were queried. Select a service.');
  });

  it('says each reason of its services once, with all that they dropped', async () => {
    const { source } = sourceOf([], { searchAllServices: false }, ['a', 'b']);
    const cut = { complete: false, reason: 'Cut.', dropped: [], droppedCount: 2 };
    const half = { ...source, search: () => Promise.resolve({ traces: [], ...cut }) };
    const answer = await withFallbacks(half).search(all, never);
    assert.deepEqual([answer.reason, answer.droppedCount, answer.complete], ['Cut.', 4, false]);
  });

  it('is asked as it is for what it can do', async () => {
    const { source, queries } = sourceOf([[makeSpan({ id: 'a' })]], {});
    const query = { ...all, order: 'slowest' } as const;
    await withFallbacks(source).search(query, never);
    await withFallbacks(source).sample({ ...all, service: 'shop-api' }, never);
    assert.deepEqual(queries, [query, { ...all, service: 'shop-api' }]);
  });

  it('stops when it is cancelled', async () => {
    const { source } = sourceOf([], { searchAllServices: false }, ['a', 'b']);
    const stop = new AbortController();
    stop.abort();
    await assert.rejects(withFallbacks(source).search(all, stop.signal), { name: 'AbortError' });
  });
});
