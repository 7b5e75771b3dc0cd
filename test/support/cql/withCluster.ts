import assert from 'node:assert/strict';
import { createServer, type AddressInfo, type Server } from 'node:net';
import type { CqlOptions } from '../../../src/sources/cassandra/cql/options.ts';
import { openCql, type CqlSession } from '../../../src/sources/cassandra/cql/session.ts';
import { cqlOptions } from './cqlOptions.ts';
import {
  startFakeCluster,
  type FakeCluster,
  type FakeClusterOptions,
  type FakeTable,
} from './fakeCluster.ts';

export const select = 'SELECT service_name FROM service_names';

/** The table of services, in these pages. */
export const services = (pages: FakeTable['pages']): FakeTable => ({
  query: 'FROM service_names',
  columns: [{ name: 'service_name', type: 'text' }],
  pages,
});
export const rowsOf = (...names: readonly string[]) =>
  names.map((service_name) => ({ service_name }));

/** Opens sessions to a cluster of its own, all closed in the end. */
export async function withCluster(
  options: FakeClusterOptions,
  test: (cluster: FakeCluster, open: (more?: Partial<CqlOptions>) => CqlSession) => Promise<void>,
): Promise<void> {
  const cluster = await startFakeCluster(options);
  const sessions: CqlSession[] = [];
  try {
    await test(cluster, (more) => {
      const session = openCql(cqlOptions(cluster.point, more));
      sessions.push(session);
      return session;
    });
  } finally {
    for (const session of sessions) await session.close();
    await cluster.close();
  }
}

/** Of the services, in the order they come. */
export async function names(
  session: CqlSession,
  stop = new AbortController().signal,
): Promise<readonly unknown[]> {
  const read: unknown[] = [];
  for await (const row of session.rows(select, [], { signal: stop }))
    read.push(row['service_name']);
  return read;
}

/** What it fails with. */
export async function failure(work: Promise<unknown>): Promise<{ code: string; message: string }> {
  try {
    await work;
  } catch (error) {
    assert.ok(error instanceof Error);
    return { code: (error as Error & { code: string }).code, message: error.message };
  }
  throw new assert.AssertionError({ message: 'it did not fail' });
}

/** On a free port of this machine unless one is given. @returns `127.0.0.1:9042` */
export async function listen(server: Server, port = 0, host = '127.0.0.1'): Promise<string> {
  await new Promise<void>((resolve, reject) =>
    server.once('error', reject).listen(port, host, resolve),
  );
  return `${host}:${String((server.address() as AddressInfo).port)}`;
}

/** Where nobody listens. */
export async function closedPort(): Promise<string> {
  const server = createServer();
  const point = await listen(server);
  server.close();
  return point;
}
