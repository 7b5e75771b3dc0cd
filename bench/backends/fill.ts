import { setTimeout as wait } from 'node:timers/promises';
import type { RunningJaeger1 } from '../../test/support/backends/jaeger.ts';
import { sendOtlp } from '../../test/support/sendOtlp.ts';
import { spansPerTrace, traceAt, type Traces } from './traces.ts';

/** What Jaeger holds until it is written; it drops what is more. */
export const queueSpans = 20_000;
const mostAhead = 15_000;
/** Each of Jaeger's fifty workers writes a batch, span after span: small ones keep all of them at work. */
const tracesPerBatch = 10;
const pollMs = 50;
/** Without a single span written: it has given up. */
const stuckMs = 120_000;

/** Sends the first `count` traces to a Jaeger that has written nothing yet, as fast as it writes them, and waits for all. */
export async function fill(jaeger: RunningJaeger1, traces: Traces, count: number): Promise<void> {
  const sent = { spans: 0 };
  for (let n = 0; n < count; n += tracesPerBatch) {
    const batch = Array.from({ length: Math.min(tracesPerBatch, count - n) }, (_, at) =>
      traceAt(n + at, traces),
    ).flat();
    await writtenUpTo(jaeger, sent.spans + batch.length - mostAhead);
    await sendOtlp(jaeger.otlp, batch);
    sent.spans += batch.length;
  }
  await writtenUpTo(jaeger, count * spansPerTrace);
}

async function writtenUpTo(jaeger: RunningJaeger1, spans: number): Promise<void> {
  let [last, since] = [-1, Date.now()];
  while (last < spans) {
    const written = await jaeger.writtenSpans();
    if (written > last) [last, since] = [written, Date.now()];
    else if (Date.now() - since > stuckMs)
      throw new Error(
        `Jaeger has written ${String(written)} of ${String(spans)} spans and stopped.`,
      );
    if (last < spans) await wait(pollMs);
  }
}
