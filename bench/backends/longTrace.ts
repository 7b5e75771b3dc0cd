import { newSpanId, newTraceId, sentSpan } from '../../test/support/sourceContract/sent.ts';
import { sendOtlp } from '../../test/support/sendOtlp.ts';

const spans = 10_000;
const spansPerBatch = 1_000;

/** Sends one trace of many spans. */
export async function sendLongTrace(
  otlp: string,
): Promise<{ readonly traceId: string; readonly spans: number }> {
  const traceId = newTraceId();
  const root = newSpanId();
  for (let from = 0; from < spans; from += spansPerBatch) {
    const batch = Array.from({ length: spansPerBatch }, (_, at) =>
      from + at === 0
        ? sentSpan({ id: root, traceId, service: 'batch', name: 'import', duration: 60_000_000 })
        : sentSpan({ traceId, service: 'batch', name: 'INSERT', kind: 'client', parent: root }),
    );
    await sendOtlp(otlp, batch);
  }
  return { traceId, spans };
}
