import { readTrace } from '../../src/sources/cassandra/readTrace.ts';
import { eventually } from '../../test/support/eventually.ts';
import { sendOtlp } from '../../test/support/sendOtlp.ts';
import { never, newSpanId, newTraceId, sentSpan } from '../../test/support/sourceContract/sent.ts';
import { direct } from './direct.ts';
import { measured } from './measure.ts';
import { lineOf, type Line } from './report.ts';
import type { Stand } from './stand.ts';

export const spans = 10_000;
const spansPerBatch = 200;
const writtenMs = 120_000;

/** Reads one trace of many spans by its id. */
export async function benchLongTrace({ cql, jaeger }: Stand): Promise<readonly Line[]> {
  const traceId = await sendLongTrace(jaeger.otlp);
  const read = () => readTrace(cql, traceId, never);
  await eventually('the long trace', read, (answer) => answer.spans.length === spans, writtenMs);
  const what = 'one trace by its id';
  const all = (found: number) => `${String(found)} of ${String(spans)} spans`;
  const straight = await direct(what, cql, read, (answer) => all(answer.spans.length));
  const answer = await measured(async () => {
    const text = await (await fetch(`${jaeger.url}/api/traces/${traceId}`)).text();
    const { data } = JSON.parse(text) as { readonly data: readonly [{ spans: unknown[] }] };
    return { bytes: Buffer.byteLength(text), requests: 1, found: data[0].spans.length };
  });
  return [straight, lineOf(what, 'Jaeger', answer, answer.value, all(answer.value.found))];
}

async function sendLongTrace(otlp: string): Promise<string> {
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
  return traceId;
}
