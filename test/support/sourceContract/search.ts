import assert from 'node:assert/strict';
import {
  at,
  hostileText,
  idsOf,
  never,
  newService,
  query,
  second,
  sendAndSee,
  sentSpan,
  µs,
} from './sent.ts';
import { nestKey } from '../operationKeys.ts';
import type { SourceUnderTest } from '../sourceContract.ts';
import { isAbort } from '../../../src/core/base/sourceError.ts';

export function describeSearchContract(underTest: () => SourceUnderTest): void {
  it('services are sorted, each once', async () => {
    const [b, a] = [newService('b'), newService('a')];
    await sendAndSee(
      underTest(),
      [b, a, b].map((service) => sentSpan({ service })),
    );
    const services = await underTest().source.services(never);
    assert.deepEqual(services, [...new Set(services)].sort());
    assert.ok(services.includes(a) && services.includes(b));
  });

  it('operations of a service are those of its spans, with their kinds', async () => {
    const service = newService('operations');
    await sendAndSee(underTest(), [
      sentSpan({ service, name: 'GET /a' }),
      sentSpan({ service, name: 'GET /a' }),
      sentSpan({ service, name: 'job', kind: 'consumer' }),
      sentSpan({ service: newService('other'), name: 'GET /b' }),
    ]);
    const operations = await underTest().source.operations(service, never);
    const names = operations.map(({ name, kind }) => `${kind} ${name}`).sort();
    assert.deepEqual(names, ['consumer job', 'server GET /a']);
  });

  it('a search answers the newest traces first, as many as asked for', async () => {
    const service = newService('newest');
    const spans = [1, 3, 0, 2].map((n) => sentSpan({ service, start: at(n * second) }));
    await sendAndSee(underTest(), spans);
    const newest = spans.toSorted((a, b) => b.start - a.start).map(({ traceId }) => traceId);
    const { source } = underTest();
    assert.deepEqual(await idsOf(source, { service }), newest);
    assert.deepEqual(await idsOf(source, { service, limit: 2 }), newest.slice(0, 2));
  });

  it('a search for an operation answers traces with a span of that name', async () => {
    const service = newService('operation');
    const spans = ['GET /a', 'GET /b'].map((name) => sentSpan({ service, name }));
    await sendAndSee(underTest(), spans);
    const found = await idsOf(underTest().source, { service, operation: 'GET /b' });
    assert.deepEqual(found, [spans[1]!.traceId]);
  });

  it('the shortest duration is exact to the microsecond', async () => {
    const service = newService('duration');
    const spans = [250_000, 257_800].map((duration) => sentSpan({ service, duration }));
    await sendAndSee(underTest(), spans);
    const longEnough = async (minDuration: number) =>
      (await idsOf(underTest().source, { service, minDuration: µs(minDuration) })).length;
    assert.equal(await longEnough(250_000), 2);
    assert.equal(await longEnough(250_001), 1);
    assert.equal(await longEnough(257_800), 1);
    assert.equal(await longEnough(257_801), 0);
  });

  it('only traces with errors are found when asked for', async () => {
    const service = newService('errors');
    const spans = (['error', 'ok', 'unset'] as const).map((status) =>
      sentSpan({ service, status }),
    );
    await sendAndSee(underTest(), spans);
    const found = await idsOf(underTest().source, { service, errorsOnly: true });
    assert.deepEqual(found, [spans[0]!.traceId]);
  });

  it('a window holds its start and its end', async () => {
    const service = newService('window');
    const span = sentSpan({ service, duration: 5 });
    await sendAndSee(underTest(), [span]);
    const found = (start: number, end: number) =>
      idsOf(underTest().source, { service, window: { start: at(start), end: at(end) } });
    assert.deepEqual(await found(0, 0), [span.traceId]);
    assert.deepEqual(await found(0, second), [span.traceId]);
    assert.deepEqual(await found(-second, 0), [span.traceId]);
    assert.deepEqual(await found(-second, -1), []);
    assert.deepEqual(await found(1, second), []);
  });

  it('a trace that began before the window is found by its spans in the window', async () => {
    const service = newService('began');
    const first = sentSpan({ service, name: 'GET /long', duration: 3 * second });
    const { traceId, spanId: parent } = first;
    const later = { service, name: 'query', traceId, parent };
    await sendAndSee(underTest(), [first, sentSpan({ ...later, start: at(2 * second) })]);
    const found = (start: number, end: number, operation?: string) =>
      idsOf(underTest().source, { service, operation, window: { start: at(start), end: at(end) } });
    assert.deepEqual(await found(second, 3 * second), [traceId]);
    assert.deepEqual(await found(second, 3 * second, 'query'), [traceId]);
    assert.deepEqual(await found(second, 3 * second, 'GET /long'), []);
    assert.deepEqual(await found(0, second, 'query'), []);
    assert.deepEqual(await found(0, 2 * second, 'query'), [traceId]);
    assert.deepEqual(await found(2 * second + 1, 3 * second), []);
  });

  it('a search without a service finds traces of each', async function () {
    if (!underTest().source.capabilities.searchAllServices) this.skip();
    const spans = ['x', 'y'].map((name) => sentSpan({ service: newService(name) }));
    await sendAndSee(underTest(), spans);
    const found = await idsOf(underTest().source, { limit: 1_000 });
    for (const { traceId } of spans) assert.ok(found.includes(traceId));
    assert.equal(new Set(found).size, found.length);
  });

  it('a line of a search tells root, start, length, spans, errors and services of the trace', async () => {
    const [service, other] = [newService('root'), newService('called')];
    const root = sentSpan({ service, name: 'GET /orders', duration: 2_000 });
    const child = sentSpan({
      service: other,
      name: 'price',
      traceId: root.traceId,
      parent: root.spanId,
      start: at(500),
      duration: 1_700,
      status: 'error',
    });
    await sendAndSee(underTest(), [child, root]);
    const { traces, complete } = await underTest().source.search(query({ service }), never);
    assert.deepEqual(traces, [
      {
        traceId: root.traceId,
        rootService: service,
        rootOperation: 'GET /orders',
        start: root.start,
        duration: 2_200,
        spanCount: 2,
        errorCount: 1,
        services: [other, service].sort(),
        matched: undefined,
      },
    ]);
    assert.equal(complete, true);
  });

  it('traces of one handler carry the length of its own span', async () => {
    const service = newService('handler');
    const make = (callback: string, duration: number) => {
      const root = sentSpan({ service, name: 'GET /a', duration: duration + 100 });
      const handler = sentSpan({
        service,
        name: `A.${callback}`,
        kind: 'internal',
        traceId: root.traceId,
        parent: root.spanId,
        duration,
        attributes: {
          'nestjs.type': 'request_context',
          'nestjs.controller': 'A',
          'nestjs.callback': callback,
        },
      });
      return [root, handler];
    };
    const traces = [make('one', 300), make('one', 900), make('two', 500)];
    await sendAndSee(underTest(), traces.flat());
    const selector = nestKey(service, '', '', 'A', 'one');
    const { traces: found } = await underTest().source.search(
      query({ operations: [selector], order: 'slowest' }),
      never,
    );
    assert.deepEqual(
      found.map(({ traceId, matched }) => ({ traceId, matched })),
      [
        { traceId: traces[1]![0]!.traceId, matched: 900 },
        { traceId: traces[0]![0]!.traceId, matched: 300 },
      ],
    );
  });

  it('the slowest of many traces come first', async function () {
    if (!underTest().source.capabilities.searchSlowest) this.skip();
    const service = newService('slowest');
    const spans = Array.from({ length: 150 }, (_, n) =>
      sentSpan({ service, start: at(n * 1_000), duration: 1 + ((n * 61) % 150) }),
    );
    await underTest().send(spans.slice(0, -1));
    await sendAndSee(underTest(), spans.slice(-1));
    const { traces } = await underTest().source.search(
      query({ service, order: 'slowest', limit: 3 }),
      never,
    );
    assert.deepEqual(
      traces.map(({ duration }) => duration),
      [150, 149, 148],
    );
  });

  it('a sample holds whole traces, newest first', async () => {
    const service = newService('sample');
    const roots = [0, 1].map((n) => sentSpan({ service, start: at(n * second), duration: 10 }));
    const children = roots.map(({ traceId, spanId, start }) =>
      sentSpan({ service: newService('deep'), traceId, parent: spanId, start, kind: 'client' }),
    );
    await sendAndSee(underTest(), [...roots, ...children]);
    const { traces } = await underTest().source.sample(query({ service }), never);
    assert.deepEqual(
      traces.map((spans) => spans.map(({ spanId }) => spanId).sort()),
      [1, 0].map((n) => [roots[n]!.spanId, children[n]!.spanId].sort()),
    );
  });

  it('a search for nothing there answers no traces, complete', async () => {
    const { traces, complete } = await underTest().source.search(
      query({ service: newService('nobody') }),
      never,
    );
    assert.deepEqual({ traces, complete }, { traces: [], complete: true });
  });

  it('hostile names are asked for and answered untouched', async () => {
    const service = `${newService('hostile')} ${hostileText}`;
    const span = sentSpan({ service, name: hostileText });
    await sendAndSee(underTest(), [span]);
    const { source } = underTest();
    assert.ok((await source.services(never)).includes(service));
    assert.deepEqual(
      (await source.operations(service, never)).map(({ name }) => name),
      [hostileText],
    );
    assert.deepEqual(await idsOf(source, { service, operation: hostileText }), [span.traceId]);
  });

  it('an aborted question rejects with AbortError', async () => {
    const { source } = underTest();
    const aborted = AbortSignal.abort();
    const traceId = '1'.repeat(32);
    const { window } = query({});
    for (const ask of [
      () => source.services(aborted),
      () => source.operations('x', aborted),
      () => source.search(query({ service: 'x' }), aborted),
      () => source.sample(query({ service: 'x' }), aborted),
      () => source.trace(traceId, aborted),
      () => source.figures(window, aborted),
    ])
      await assert.rejects(ask, isAbort);
  });
}
