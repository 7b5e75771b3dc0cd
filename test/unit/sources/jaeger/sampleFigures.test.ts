import assert from 'node:assert/strict';
import { epochFromMilliseconds } from '../../../../src/core/base/units.ts';
import { createEngine } from '../../../../src/engine/engine.ts';
import { systemClock } from '../../../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../../../src/sources/jaeger/jaegerSource.ts';
import { TraceBudget } from '../../../../src/sources/jaeger/traceBudget.ts';
import { startCountingJaeger, type CountingJaeger } from '../../../support/countingJaeger.ts';
import { silentLog } from '../../../support/silentLog.ts';
import { startTestServer } from '../../../support/testServer.ts';

const newestMs = Date.UTC(2026, 0, 1);
const never = new AbortController().signal;
const window = {
  start: epochFromMilliseconds(newestMs - 3_600_000),
  end: epochFromMilliseconds(newestMs),
};
const limits = { headers: {}, timeoutMs: 10_000, maxBytes: 50_000_000 };
const sourceAt = (url: string, sampleSize: number) =>
  openJaegerSource({ url, ...limits, sampleSize, clock: systemClock, log: silentLog });

describe('reading figures from a Jaeger', () => {
  const open: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of open.splice(0)) await one.close();
  });
  const jaegerOf = async (services: number, traces = 200, spansPerTrace = 3) => {
    const made = { services, traces, spansPerTrace, endpoints: 10, newestMs };
    const jaeger = await startCountingJaeger(made);
    open.push(jaeger);
    return jaeger;
  };

  for (const [services, sampleSize] of [
    [1, 10],
    [1, 100],
    [3, 100],
    [50, 60],
    [50, 500],
    [80, 10],
  ] as const) {
    it(`never reads more than ${String(sampleSize)} traces of ${String(services)} services`, async () => {
      const jaeger = await jaegerOf(services);
      const answer = await sourceAt(jaeger.url, sampleSize).figures(window, never);
      const { traces } = jaeger.taken();
      assert.ok(traces <= sampleSize, String(traces));
      assert.ok(traces >= sampleSize / 3, String(traces));
      assert.equal(answer.traces?.length, answer.sampledTraces);
      assert.deepEqual([answer.basis, answer.overloaded], ['sampled', false]);
    });
  }

  it('finds every endpoint of one service with as many traces as endpoints to look for', async () => {
    const jaeger = await jaegerOf(1, 500);
    const { operations } = await sourceAt(jaeger.url, 100).figures(window, never);
    assert.equal(operations.length, 10);
  });

  it('reads all there is of a small one, also where traces are large, within the same number', async () => {
    const jaeger = await jaegerOf(1, 20, 40);
    const { basis, operations } = await sourceAt(jaeger.url, 100).figures(window, never);
    assert.equal(basis, 'complete');
    assert.equal(
      operations.reduce((sum, { durations }) => sum + durations.count, 0),
      20,
    );
    assert.ok(jaeger.taken().traces <= 100);
  });

  it('feeds the figures of call sites too: nothing is read again for them', async () => {
    const jaeger: CountingJaeger = await jaegerOf(5);
    const engine = createEngine({
      clock: systemClock,
      log: silentLog,
      emit: () => undefined,
    });
    const { methods } = engine;
    try {
      const settings = { kind: 'jaeger', url: jaeger.url, ...limits, sampleSize: 50 } as const;
      await methods.openSource(settings, never);
      const { sampledTraces, overloaded } = await methods.endpoints(
        { window, refresh: true },
        never,
      );
      const { traces } = jaeger.taken();
      const sample = await methods.sampleCallSites({ window, traces: 200 }, never);
      assert.ok(traces <= 50, String(traces));
      assert.deepEqual(jaeger.taken(), { requests: 0, bytes: 0, traces: 0 });
      assert.deepEqual([sample.sampledTraces, overloaded], [sampledTraces, false]);
    } finally {
      engine.dispose();
    }
  });

  for (const status of [429, 503]) {
    it(`asks no more once it is told HTTP ${String(status)}, and says that it was too much`, async () => {
      const asked: string[] = [];
      const server = await startTestServer((request, response) => {
        const { pathname, searchParams } = new URL(request.url ?? '', 'http://x');
        if (pathname.startsWith('/api/metrics/')) return void response.writeHead(501).end();
        const service = searchParams.get('service');
        if (service !== null) asked.push(service);
        const services = Array.from({ length: 40 }, (_, n) => `s${String(n)}`);
        if (pathname === '/api/services') response.end(JSON.stringify({ data: services }));
        else if (service === 's0') response.end(JSON.stringify({ data: [] }));
        else response.writeHead(status).end();
      });
      open.push(server);
      const answer = await sourceAt(server.url, 100).figures(window, never);
      assert.deepEqual([answer.overloaded, answer.complete], [true, false]);
      assert.match(answer.reason, new RegExp(`HTTP ${String(status)}`));
      assert.ok(asked.length <= 5, String(asked.length));
    });
  }
});

describe('a budget of traces', () => {
  it('gives what is left, takes back what was not used, and never owes any', () => {
    const budget = new TraceBudget(10);
    assert.deepEqual([budget.take(6), budget.take(6), budget.take(6)], [6, 4, 0]);
    budget.giveBack(3);
    assert.equal(budget.left, 3);
    budget.giveBack(-9);
    assert.equal(budget.left, 0);
  });
});
