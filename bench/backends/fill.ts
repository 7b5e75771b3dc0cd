import type { Client } from 'cassandra-driver';
import { eventually } from '../../test/support/eventually.ts';
import { sendOtlp } from '../../test/support/sendOtlp.ts';
import { spansPerTrace, traceAt, type Traces } from './traces.ts';

/** What Jaeger holds until it is written; it drops what is more. */
export const queueSpans = 20_000;
const tracesPerBatch = 50;
const batchesAhead = 10;
/** For what is ahead to be written, on a machine that does other things. */
const mostMs = 300_000;

export interface Filling {
  readonly otlp: string;
  /** In Jaeger's keyspace. */
  readonly client: Client;
  readonly traces: Traces;
}

/** Sends the traces from `from` to `to` (excluded) to Jaeger, as fast as it writes them. */
export async function fill(
  { otlp, client, traces }: Filling,
  from: number,
  to: number,
): Promise<void> {
  for (let n = from; n < to; n += tracesPerBatch) {
    const batch = Array.from({ length: Math.min(tracesPerBatch, to - n) }, (_, at) =>
      traceAt(n + at, traces),
    );
    await sendOtlp(otlp, batch.flat());
    const written = n - tracesPerBatch * batchesAhead;
    if (written >= from) await isWritten(client, traceAt(written, traces)[0]!.traceId);
  }
  for (let n = Math.max(from, to - tracesPerBatch * batchesAhead); n < to; n += 1)
    await isWritten(client, traceAt(n, traces)[0]!.traceId);
}

/** Jaeger's workers take spans in order, but for some fifty of them. */
const isWritten = (client: Client, traceId: string): Promise<unknown> =>
  eventually(
    `trace ${traceId} written`,
    async () => {
      const id = Buffer.from(traceId, 'hex');
      const query = 'SELECT span_id FROM traces WHERE trace_id = ?';
      return (await client.execute(query, [id], { prepare: true })).rows.length;
    },
    (rows) => rows >= spansPerTrace,
    mostMs,
  );
