import assert from 'node:assert/strict';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import type { OperationFigures } from '../../src/core/correlate/figures/figures.ts';
import { systemClock } from '../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../src/sources/jaeger/jaegerSource.ts';
import { startJaeger, type RunningJaeger } from '../support/backends/jaeger.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { silentLog } from '../support/silentLog.ts';
import {
  at,
  never,
  newService,
  query,
  second,
  sendAndSee,
  sentSpan,
  wholeWindow,
  µs,
} from '../support/sourceContract/sent.ts';

describe('sampling a real Jaeger 1.67 with more traces than are read', function () {
  this.timeout(60_000);
  let jaeger: RunningJaeger;
  beforeEach(async () => {
    jaeger = await startJaeger();
  });
  afterEach(() => jaeger.stop());

  const open = (options: { sampleSize?: number; maxBytes?: number; timeoutMs?: number } = {}) =>
    openJaegerSource({
      url: jaeger.url,
      headers: {},
      timeoutMs: 10_000,
      maxBytes: 20_000_000,
      sampleSize: 40,
      clock: systemClock,
      log: silentLog,
      ...options,
    });
  const send = (spans: readonly RawSpan[]) =>
    sendAndSee(
      { source: open(), send: (all) => sendOtlp(jaeger.otlp, all), close: () => Promise.resolve() },
      spans,
    );
  const rowOf = (operations: readonly OperationFigures[], name: string) =>
    operations.find(({ key }) => key.name === name);

  it('a slow endpoint called three times is found below a thousand newer requests', async () => {
    const service = newService('shop');
    const rare = [1, 2, 3].map((n) =>
      sentSpan({
        service,
        name: 'DELETE /orders/:id',
        start: at(-n * second),
        duration: n * second,
      }),
    );
    const common = Array.from({ length: 1_000 }, (_, n) =>
      sentSpan({ service, name: 'GET /orders', start: at(n * 1_000), duration: 1_000 + n }),
    );
    await send([...rare, ...common]);
    const { operations, complete, reason, sampledTraces, basis } = await open().figures(
      wholeWindow,
      never,
    );
    const slow = rowOf(operations, 'DELETE /orders/:id');
    assert.deepEqual([slow?.durations.count, slow?.durations.max], [3, 3 * second]);
    assert.equal(slow?.slowestTraceId, rare[2]?.traceId);
    assert.equal(rowOf(operations, 'GET /orders')?.durations.count, 20);
    assert.deepEqual([complete, basis, sampledTraces], [false, 'sampled', 23]);
    assert.equal(
      reason,
      'Metrics are based on the latest 20 traces of each service and up to 20 of each rare operation.',
    );
  });

  it('what the newest traces have enough of is not counted again from the traces of rare callers', async () => {
    const [service, called] = [newService('shop'), newService('pricing')];
    const rare = Array.from({ length: 5 }, (_, n) => {
      const root = sentSpan({
        service,
        name: 'POST /report',
        start: at(-n * second),
        duration: second,
      });
      const child = sentSpan({
        service: called,
        name: 'GET /price',
        start: root.start,
        duration: 900_000,
        traceId: root.traceId,
        parent: root.spanId,
      });
      return [root, child];
    });
    const common = Array.from({ length: 300 }, (_, n) =>
      sentSpan({ service: called, name: 'GET /price', start: at(n * 1_000), duration: 1_000 }),
    );
    const busy = Array.from({ length: 300 }, (_, n) =>
      sentSpan({ service, name: 'GET /orders', start: at(n * 1_000), duration: 1_000 }),
    );
    await send([...rare.flat(), ...common, ...busy]);
    const { operations } = await open({ sampleSize: 80 }).figures(wholeWindow, never);
    assert.equal(rowOf(operations, 'POST /report')?.durations.count, 5);
    const price = rowOf(operations, 'GET /price');
    assert.deepEqual([price?.durations.count, price?.durations.max], [20, 1_000]);
  });

  it('fewer traces than are asked for are all there is: the figures are whole', async () => {
    const service = newService('quiet');
    await send([sentSpan({ service, name: 'a' }), sentSpan({ service, name: 'b' })]);
    const { complete, reason, basis, sampledTraces } = await open().figures(wholeWindow, never);
    assert.deepEqual([complete, reason, basis, sampledTraces], [true, '', 'complete', undefined]);
  });

  it('a few traces of very many spans are all there is, too', async () => {
    const service = newService('deep');
    const root = sentSpan({ service, name: 'GET /deep', duration: 9 });
    const children = Array.from({ length: 500 }, () =>
      sentSpan({ service, kind: 'client', traceId: root.traceId, parent: root.spanId }),
    );
    await send([root, ...children]);
    const { basis, operations } = await open().figures(wholeWindow, never);
    assert.deepEqual([basis, operations.length], ['complete', 1]);
  });

  it('traces too large for one answer are asked for in several', async () => {
    const service = newService('large');
    const text = 'x'.repeat(100_000);
    const spans = Array.from({ length: 20 }, (_, n) =>
      sentSpan({ service, start: at(n * second), attributes: { text } }),
    );
    for (const span of spans) await send([span]);
    const source = open({ maxBytes: 700_000 });
    const { traces, complete } = await source.search(query({ service, limit: 20 }), never);
    assert.deepEqual(
      traces.map(({ traceId }) => traceId),
      spans.map(({ traceId }) => traceId).reverse(),
    );
    assert.equal(complete, true);
    const figures = await source.figures(wholeWindow, never);
    assert.equal(figures.complete, false);
    assert.match(figures.reason, /^Only the latest 5 traces of .* were read instead of 20/);
  });

  it('one trace too large for the limit is an error that says so', async () => {
    const service = newService('larger');
    const span = sentSpan({ service, attributes: { text: 'x'.repeat(100_000) } });
    await send([span]);
    const source = open({ maxBytes: 50_000 });
    for (const ask of [
      () => source.search(query({ service }), never),
      () => source.trace(span.traceId, never),
    ])
      await assert.rejects(ask, /is larger than 0.1 MB. Shorten the time range/);
  });

  it('of very many services fifty are asked, and that is said', async () => {
    const spans = Array.from({ length: 60 }, (_, n) =>
      sentSpan({ service: newService(`s${String(n)}`) }),
    );
    await send(spans);
    const { traces, complete, reason } = await open().search(query({ limit: 100 }), never);
    assert.deepEqual([traces.length, complete], [50, false]);
    assert.equal(reason, 'Only 50 of 60 services were queried. Select a service.');
    const figures = await open({ sampleSize: 200 }).figures(wholeWindow, never);
    assert.match(figures.reason, /Only 50 of 60 services were queried/);
  });

  it('the slowest of a thousand are exact, though Jaeger answers the newest', async () => {
    const service = newService('many');
    const spans = Array.from({ length: 1_000 }, (_, n) =>
      sentSpan({ service, start: at(n * 1_000), duration: 1 + ((n * 617) % 1_000) }),
    );
    await send(spans);
    const { traces, complete } = await open().search(
      query({ service, order: 'slowest', limit: 5 }),
      never,
    );
    assert.deepEqual(
      traces.map(({ duration }) => duration),
      [1_000, 999, 998, 997, 996],
    );
    assert.equal(complete, true);
  });

  it('more equally slow ones than are asked for at once hide none', async () => {
    const service = newService('same');
    const slow = sentSpan({ service, duration: 8, start: at(-second) });
    await send([slow, ...Array.from({ length: 120 }, () => sentSpan({ service, duration: 7 }))]);
    const { traces, complete } = await open().search(
      query({ service, order: 'slowest', limit: 5 }),
      never,
    );
    assert.deepEqual([traces.length, complete, traces[0]?.traceId], [5, true, slow.traceId]);
  });

  it('a trace with an attribute that its JSON API cannot write is read all the same', async () => {
    const service = newService('nan');
    const span = {
      ...sentSpan({ service, name: 'GET /a', duration: 257_800 }),
      attributes: [
        { key: 'http.route', value: '/a' },
        { key: 'least', value: -Infinity },
        { key: 'ratio', value: NaN },
      ],
    };
    await send([
      span,
      sentSpan({ service, duration: 5 }),
      sentSpan({ service: newService('other') }),
    ]);
    const { spans } = await open().trace(span.traceId, never);
    assert.deepEqual(spans, [
      {
        ...span,
        attributes: [
          { key: 'http.route', value: '/a' },
          { key: 'least', value: '-Infinity' },
          { key: 'ratio', value: 'NaN' },
        ],
      },
    ]);
    const { traces, complete } = await open().search(
      query({ service, minDuration: µs(257_800) }),
      never,
    );
    assert.deepEqual([traces.map(({ traceId }) => traceId), complete], [[span.traceId], true]);
    assert.equal((await open().search(query({ service }), never)).traces.length, 2);
    const { operations } = await open().figures(wholeWindow, never);
    assert.equal(rowOf(operations, 'GET /a')?.durations.max, 257_800);
  });
});
