import { epochFromMilliseconds } from '../src/core/base/units.ts';
import { createEngine } from '../src/engine/engine.ts';
import { systemClock } from '../src/engine/systemClock.ts';
import { startCountingJaeger } from '../test/support/countingJaeger.ts';
import { silentLog } from '../test/support/silentLog.ts';

const newestMs = Date.UTC(2026, 0, 1);
const never = new AbortController().signal;

/** Prints what one refresh of the figures asks of a Jaeger: questions, bytes of answers, and traces in them. */
export async function benchJaegerRefresh(): Promise<void> {
  for (const services of [1, 5, 50]) {
    const jaeger = await startCountingJaeger({
      services,
      traces: 1_000,
      spansPerTrace: 30,
      endpoints: 40,
      newestMs,
    });
    try {
      for (const sampleSize of [200, 500]) await refresh(jaeger, services, sampleSize);
    } finally {
      await jaeger.close();
    }
  }
}

async function refresh(
  jaeger: Awaited<ReturnType<typeof startCountingJaeger>>,
  services: number,
  sampleSize: number,
): Promise<void> {
  const engine = createEngine({
    clock: systemClock,
    log: silentLog,
    emit: () => undefined,
  });
  const { methods } = engine;
  const limits = { timeoutMs: 60_000, maxBytes: 200_000_000, sampleSize };
  await methods.openSource({ kind: 'jaeger', url: jaeger.url, headers: {}, ...limits }, never);
  const end = epochFromMilliseconds(newestMs);
  const window = { start: epochFromMilliseconds(newestMs - 3_600_000), end };
  const began = performance.now();
  const { rows } = await methods.endpoints({ window, refresh: true }, never);
  await methods.sampleCallSites({ window, traces: 200 }, never);
  const seconds = (performance.now() - began) / 1_000;
  const { requests, bytes, traces } = jaeger.taken();
  const counts = rows.map(({ figures }) => figures?.count ?? 0);
  console.log(
    `  ${String(services).padStart(2)} services, sampleSize ${String(sampleSize)}: ` +
      `${String(requests)} requests, ${(bytes / 1e6).toFixed(1)} MB, ${String(traces)} traces in ${seconds.toFixed(1)} s; ` +
      `${String(rows.length)} of ${String(services * 40)} endpoints, fewest requests of one ${String(Math.min(...counts))}`,
  );
  engine.dispose();
}
