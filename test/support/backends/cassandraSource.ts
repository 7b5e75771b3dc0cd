import { readFile } from 'node:fs/promises';

import type { RawSpan } from '../../../src/core/trace/rawSpan.ts';
import type { TraceSource } from '../../../src/core/ports.ts';
import { systemClock } from '../../../src/engine/systemClock.ts';
import { openCassandraSource } from '../../../src/sources/cassandra/cassandraSource.ts';
import type { CqlOptions } from '../../../src/sources/cassandra/cql/options.ts';
import { openCql } from '../../../src/sources/cassandra/cql/session.ts';
import { writtenSpans } from '../cql/writtenSpans.ts';
import { sendOtlp } from '../sendOtlp.ts';
import { silentLog } from '../silentLog.ts';
import type { CassandraAddress } from './cassandraConnection.ts';
import { startJaegerOnCassandra } from './jaegerOnCassandra.ts';
import { openTestKeyspace } from './testKeyspace.ts';

/** Jaeger's workers take a batch each, and write its spans one after the other. */
const spansPerBatch = 50;

/** A source on tables that a Jaeger writes. */
export interface WrittenCassandra {
  readonly source: TraceSource;
  /** Of the query service of that Jaeger. */
  readonly jaegerUrl: string;
  /** Sends spans to Jaeger and waits until it has written them, and their indexes. */
  send(spans: readonly RawSpan[]): Promise<void>;
  close(): Promise<void>;
}

/** How the source gets into a cluster of the tests. */
export async function cqlOptionsOf(
  { host, port, credentials, tls }: CassandraAddress,
  keyspace: string,
): Promise<CqlOptions> {
  return {
    contactPoints: [`${host}:${String(port)}`],
    localDataCenter: undefined,
    keyspace,
    user: credentials?.user,
    password: credentials?.password,
    tls: tls && {
      ca: await readFile(tls.caFile, 'utf8'),
      ...(tls.client && {
        cert: await readFile(tls.client.certFile, 'utf8'),
        key: await readFile(tls.client.keyFile, 'utf8'),
      }),
    },
    timeoutMs: 30_000,
    maxBytes: 50_000_000,
  };
}

/** The cluster of `openTestKeyspace`, a Jaeger 1.67 that writes to it, and the source that reads what it wrote. */
export async function startWrittenCassandra(): Promise<WrittenCassandra> {
  const store = await openTestKeyspace();
  const jaeger = await startJaegerOnCassandra(store.address, store.keyspace);
  const options = await cqlOptionsOf(store.address, store.keyspace);
  const cql = openCql(options);
  return {
    source: openCassandraSource({ ...options, clock: systemClock, log: silentLog }),
    jaegerUrl: jaeger.url,
    send: async (spans) => {
      for (let from = 0; from < spans.length; from += spansPerBatch)
        await sendOtlp(jaeger.otlp, spans.slice(from, from + spansPerBatch));
      await writtenSpans(cql, spans);
    },
    close: async () => {
      await cql.close();
      await jaeger.stop();
      await store.stop();
    },
  };
}
