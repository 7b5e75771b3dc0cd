import assert from 'node:assert/strict';
import { epochMicroseconds } from '../../src/core/base/units.ts';
import { mergeDurations } from '../../src/core/correlate/durations/mergeDurations.ts';
import type { FiguresAnswer, TraceSource } from '../../src/core/ports.ts';
import { systemClock } from '../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../src/sources/jaeger/jaegerSource.ts';
import { startCollector, type RunningCollector } from '../support/backends/collector.ts';
import { startJaeger } from '../support/backends/jaeger.ts';
import { prometheusMetrics, startPrometheus } from '../support/backends/prometheus.ts';
import { eventually } from '../support/eventually.ts';
import { freePort } from '../support/freePort.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { silentLog } from '../support/silentLog.ts';
import { never, newService, sentSpan } from '../support/sourceContract/sent.ts';

const countedMs = 120_000;
const hourUs = 3_600_000_000;

/** What is sent once Prometheus knows the operations: ms, all in the middle of a bucket of the Collector's. */
const requests = [
  { name: 'GET /orders', durations: [5, 5, 5, 5, 5, 5, 5, 5], errors: 2 },
  { name: 'POST /orders', durations: [150, 150, 150, 600], errors: 0 },
];

describe('figures of a Jaeger 1.67 with a Prometheus 2.42', function () {
  this.timeout(countedMs + 120_000);
  const service = newService('measured');
  const started: { stop(): Promise<void> }[] = [];
  let collector: RunningCollector;
  let source: TraceSource;

  before(async () => {
    const metrics = `127.0.0.1:${String(await freePort())}`;
    const prometheus = await startPrometheus([metrics]);
    started.push(prometheus);
    const jaeger = await startJaeger({
      env: prometheusMetrics(prometheus.url),
      hostNetwork: true,
    });
    started.push(jaeger);
    collector = await startCollector({ traces: jaeger.otlpGrpc, metrics });
    started.push(collector);
    source = openJaegerSource({
      url: jaeger.url,
      headers: {},
      timeoutMs: 30_000,
      maxBytes: 50_000_000,
      sampleSize: 200,
      clock: systemClock,
      log: silentLog,
    });
    // Prometheus counts from the first reading of a counter on.
    await send(requests.map(({ name }) => ({ name, durations: [1, 1], errors: 1 })));
    await eventually(
      'the operations in Prometheus',
      async () => {
        const query = `traces_span_metrics_calls_total{service_name="${service}"}`;
        const url = `${prometheus.url}/api/v1/query?query=${encodeURIComponent(query)}`;
        const answer = (await (await fetch(url)).json()) as { data: { result: unknown[] } };
        return answer.data.result.length;
      },
      // With and without errors are counted apart.
      (series) => series >= 2 * requests.length,
      countedMs,
    );
    await send(requests);
  });
  after(async () => {
    source.dispose();
    for (const server of started.reverse()) await server.stop();
  });

  const send = (sent: typeof requests) =>
    sendOtlp(
      collector.otlp,
      sent.flatMap(({ name, durations, errors }) =>
        durations.map((milliseconds, n) => {
          const [method, route] = name.split(' ') as [string, string];
          return sentSpan({
            service,
            name,
            start: Date.now() * 1_000,
            duration: milliseconds * 1_000,
            status: n < errors ? 'error' : 'unset',
            attributes: { 'http.request.method': method, 'http.route': route },
          });
        }),
      ),
    );

  const read = (): Promise<FiguresAnswer> => {
    const now = Math.floor(Date.now() / 1_000) * 1_000_000;
    const window = { start: epochMicroseconds(now - hourUs), end: epochMicroseconds(now) };
    return source.figures(window, never);
  };

  const shown = ({ operations }: FiguresAnswer) =>
    operations
      .filter(({ key }) => key.service === service)
      .map(({ key, durations, errors }) => ({
        name: key.name,
        count: mergeDurations([durations]).count,
        errors: errors?.count,
      }))
      .sort((a, b) => a.name.localeCompare(b.name));

  it('count every request and error of each operation', async () => {
    const truth = requests.map(({ name, durations, errors }) => ({
      name,
      count: durations.length,
      errors,
    }));
    // Prometheus adds half of a second's requests at each end of what it has seen: less than one, after a while.
    const answer = await eventually(
      'the counts',
      read,
      (figures) => JSON.stringify(shown(figures)) === JSON.stringify(truth),
      countedMs,
    );
    assert.equal(answer.basis, 'complete');
    assert.deepEqual([answer.complete, answer.reason], [true, '']);
    assert.equal(answer.sampledTraces, undefined);
  });

  it('have quantiles within the bucket that the durations are in', async () => {
    const { operations } = await read();
    const of = (name: string) => {
      const found = operations.find(({ key }) => key.service === service && key.name === name);
      assert.ok(found, name);
      return mergeDurations([found.durations]);
    };
    const within = (µs: number | undefined, from: number, to: number) =>
      assert.ok(µs !== undefined && µs >= from * 1_000 && µs <= to * 1_000, String(µs));
    within(of('GET /orders').p50, 4, 6);
    within(of('GET /orders').p95, 4, 6);
    within(of('POST /orders').p50, 100, 200);
    within(of('POST /orders').p95, 400, 800);
  });
});
