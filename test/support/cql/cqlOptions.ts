import type { CqlOptions } from '../../../src/sources/cassandra/cql/options.ts';

/** Of a session on one contact point, where nothing else matters. */
export const cqlOptions = (point: string, more: Partial<CqlOptions> = {}): CqlOptions => ({
  contactPoints: [point],
  localDataCenter: undefined,
  keyspace: undefined,
  user: undefined,
  password: undefined,
  tls: undefined,
  timeoutMs: 5_000,
  maxBytes: 10_000_000,
  ...more,
});
