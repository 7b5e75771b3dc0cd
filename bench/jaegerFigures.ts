import { systemClock } from '../src/engine/systemClock.ts';
import { openJaegerSource } from '../src/sources/jaeger/jaegerSource.ts';
import type { RawSpan } from '../src/core/trace/rawSpan.ts';
import { startJaeger } from '../test/support/backends/jaeger.ts';
import { eventually } from '../test/support/eventually.ts';
import { sendOtlp } from '../test/support/sendOtlp.ts';
import { silentLog } from '../test/support/silentLog.ts';
import { at, never, sentSpan, wholeWindow } from '../test/support/sourceContract/sent.ts';

const endpoints = 40;
const traces = 10_000;
const spansPerTrace = 12;

/**
 * Prints what figures of a real Jaeger 1.67 cost and how near they are, for sizes of the sample: endpoint
 * n gets a share of 1/n of the requests and takes about n ms, so that the rarest are the slowest.
 */
export async function benchJaegerFigures(): Promise<void> {
  const jaeger = await startJaeger();
  try {
    await fill(jaeger.otlp, jaeger.url);
    for (const sampleSize of [20, 100, 200, 500]) {
      const source = openJaegerSource({
        url: jaeger.url,
        headers: {},
        timeoutMs: 60_000,
        maxBytes: 50_000_000,
        sampleSize,
        clock: systemClock,
        log: silentLog,
      });
      const started = performance.now();
      const { operations, sampledTraces } = await source.figures(wholeWindow, never);
      const took = performance.now() - started;
      const counts = operations.map(({ durations }) => durations.count);
      console.log(
        `sample of ${String(sampleSize).padStart(3)} of ${String(traces)} traces: ${took.toFixed(0)} ms, ` +
          `${String(sampledTraces)} traces read, ${String(operations.length)} of ${String(endpoints)} endpoints, ` +
          `fewest requests of one ${String(Math.min(...counts))}`,
      );
    }
  } finally {
    await jaeger.stop();
  }
}

async function fill(otlp: string, url: string): Promise<void> {
  const weights = Array.from({ length: endpoints }, (_, n) => 1 / (n + 1));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const batch: RawSpan[] = [];
  let owed = weights.map(() => 0);
  for (let n = 0; n < traces; n += 1) {
    owed = owed.map((debt, index) => debt + weights[index]! / total);
    const endpoint = owed.indexOf(Math.max(...owed));
    owed[endpoint]! -= 1;
    batch.push(...request(endpoint, n));
    if (batch.length >= 1_200) await sendOtlp(otlp, batch.splice(0));
  }
  await sendOtlp(otlp, batch);
  await eventually(
    'all operations',
    async () => {
      const response = await fetch(`${url}/api/operations?service=shop`);
      return ((await response.json()) as { data: unknown[] }).data.length;
    },
    (count) => count >= endpoints,
  );
}

function request(endpoint: number, n: number): RawSpan[] {
  const duration = (endpoint + 1) * 1_000 + (n % 100);
  const root = sentSpan({
    service: 'shop',
    name: `GET /endpoint/${String(endpoint)}`,
    start: at(n * 1_000),
    duration,
    attributes: { 'http.request.method': 'GET', 'http.route': `/endpoint/${String(endpoint)}` },
  });
  const { traceId, start } = root;
  const children = Array.from({ length: spansPerTrace - 1 }, () =>
    sentSpan({
      service: 'shop',
      name: 'query',
      kind: 'client',
      start,
      traceId,
      parent: root.spanId,
    }),
  );
  return [root, ...children];
}
