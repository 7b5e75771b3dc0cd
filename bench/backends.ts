import { systemClock } from '../src/engine/systemClock.ts';
import { CassandraFigures } from '../src/sources/cassandra/figures/cassandraFigures.ts';
import { cqlTables } from '../src/sources/cassandra/figures/cqlTables.ts';
import { openCql, type CqlSession } from '../src/sources/cassandra/cql/session.ts';
import { readTrace } from '../src/sources/cassandra/readTrace.ts';
import { findTraces } from '../src/sources/cassandra/search/findTraces.ts';
import { connectTo } from '../test/support/backends/cassandraConnection.ts';
import { cqlOptionsOf } from '../test/support/backends/cassandraSource.ts';
import { startJaegerOnCassandra } from '../test/support/backends/jaegerOnCassandra.ts';
import { openTestKeyspace } from '../test/support/backends/testKeyspace.ts';
import { eventually } from '../test/support/eventually.ts';
import { never } from '../test/support/sourceContract/sent.ts';
import { fill, queueSpans } from './backends/fill.ts';
import { sendLongTrace } from './backends/longTrace.ts';
import { measured, megabytes, shown } from './backends/measure.ts';
import { ask, readAll } from './backends/throughJaeger.ts';
import { service, spansPerTrace, type Traces } from './backends/traces.ts';
import { compare, trueDurations, trueMatches, windowOf } from './backends/truth.ts';

/** `SPANHOP_BENCH_SPANS=10000,100000` for smaller ones: Jaeger writes some 500 spans a second on two cores. */
const sizes = (process.env['SPANHOP_BENCH_SPANS'] ?? '10000,100000,1000000').split(',').map(Number);

/** Tags that no bench looks for aren't indexed: half of the time to fill the tables would be theirs. */
const jaegerSettings = {
  COLLECTOR_QUEUE_SIZE: String(queueSpans),
  CASSANDRA_INDEX_TAG_WHITELIST: 'tenant,error,http.response.status_code',
  CASSANDRA_INDEX_PROCESS_TAGS: 'false',
};

interface Stand {
  readonly cql: CqlSession;
  readonly jaeger: string;
  readonly traces: Traces;
}

/**
 * Writes spans through a real Jaeger 1.67 into a real Cassandra, and prints for each size what figures, the slowest
 * traces and a search take straight from the tables and through Jaeger, and how true they are.
 */
export async function benchBackends(): Promise<void> {
  const store = await openTestKeyspace();
  const { address, keyspace } = store;
  const jaeger = await startJaegerOnCassandra(address, keyspace, jaegerSettings);
  const client = await connectTo(address);
  const options = await cqlOptionsOf(address, keyspace);
  const cql = openCql({ ...options, timeoutMs: 120_000, maxBytes: 500_000_000 });
  const traces: Traces = { end: Date.now() * 1_000 };
  const stand: Stand = { cql, jaeger: jaeger.url, traces };
  try {
    await client.execute(`USE ${keyspace}`);
    let filled = 0;
    for (const size of sizes) {
      const count = Math.floor(size / spansPerTrace);
      const writing = await measured(() =>
        fill({ otlp: jaeger.otlp, client, traces }, filled, count),
      );
      console.log(`  ${String(size)} spans, written in ${writing.seconds.toFixed(0)} s`);
      filled = count;
      await benchFigures(stand, count);
      await benchSearch(stand, count);
    }
    await benchLongTrace(stand, jaeger.otlp);
  } finally {
    await cql.close();
    await client.shutdown();
    await jaeger.stop();
    await store.stop();
  }
}

/** Asks, and says what it took of the cluster. */
async function direct<T>(name: string, cql: CqlSession, work: () => Promise<T>): Promise<T> {
  const before = { ...cql.totals };
  const result = await measured(work);
  const { queries, rows, bytes } = cql.totals;
  console.log(
    `    ${name}, direct: ${shown(result)}, ${megabytes(bytes - before.bytes)}, ` +
      `${String(rows - before.rows)} rows in ${String(queries - before.queries)} questions`,
  );
  return result.value;
}

async function benchFigures({ cql, jaeger, traces }: Stand, count: number): Promise<void> {
  const window = windowOf(traces);
  const timeToLive = () => Promise.resolve(0);
  const figures = new CassandraFigures({ tables: cqlTables(cql), clock: systemClock, timeToLive });
  const read = () => figures.read(window, () => false, never);
  const truth = trueDurations(traces, count);
  for (const which of ['figures, first', 'figures, again']) {
    const { operations, reason } = await direct(which, cql, read);
    const { wrongCounts, missing, worst } = compare(operations, truth);
    console.log(
      `      ${String(operations.length)} operations, ${String(missing)} missing, ${String(wrongCounts)} with another count or maximum, ` +
        `quantiles off by ${(100 * worst).toFixed(2)} % at most ${reason}`,
    );
  }
  await direct('slowest 20 traces', cql, () => find(cql, traces, { order: 'slowest', limit: 20 }));
  const all = await measured(() => readAll(jaeger, window));
  const { bytes, requests, traceIds } = all.value;
  console.log(
    `    all traces, through Jaeger: ${shown(all)}, ${megabytes(bytes)} in ${String(requests)} requests, ${String(traceIds.size)} of ${String(count)} traces`,
  );
}

const find = (cql: CqlSession, traces: Traces, parts: object) =>
  findTraces(
    cql,
    {
      query: {
        service,
        operation: undefined,
        minDuration: undefined,
        errorsOnly: false,
        window: windowOf(traces),
        limit: 20,
        ...parts,
      },
      now: systemClock.now(),
      keepSpans: false,
      isLate: () => false,
    },
    never,
  );

async function benchSearch({ cql, jaeger, traces }: Stand, count: number): Promise<void> {
  const { operation, tenant, traceIds } = trueMatches(traces, count);
  for (const limit of [20, 1_500]) {
    const wanted = Math.min(limit, traceIds.size);
    const recall = (ids: Iterable<string>) =>
      `${String([...ids].filter((id) => traceIds.has(id)).length)} of ${String(wanted)} traces`;
    const attributes = [{ key: 'tenant', value: tenant }];
    const name = `search by operation and tag, limit ${String(limit)}`;
    const found = await direct(name, cql, () =>
      find(cql, traces, { operation, attributes, limit }),
    );
    console.log(`      ${recall(found.traces.map(({ summary }) => summary.traceId))}`);
    const { start, end } = windowOf(traces);
    const tags = JSON.stringify({ tenant });
    const answer = await measured(() => ask(jaeger, { start, end, limit, operation, tags }));
    console.log(
      `    ${name}, through Jaeger: ${shown(answer)}, ${megabytes(answer.value.bytes)}: ${recall(answer.value.traceIds)}`,
    );
  }
}

async function benchLongTrace({ cql, jaeger }: Stand, otlp: string): Promise<void> {
  const { traceId, spans } = await sendLongTrace(otlp);
  const read = () => readTrace(cql, traceId, never);
  await eventually('the long trace', read, (answer) => answer.spans.length === spans, 120_000);
  await direct(`a trace of ${String(spans)} spans`, cql, read);
  const answer = await measured(async () =>
    (await fetch(`${jaeger}/api/traces/${traceId}`)).text(),
  );
  console.log(`    the same, through Jaeger: ${shown(answer)}, ${megabytes(answer.value.length)}`);
}
