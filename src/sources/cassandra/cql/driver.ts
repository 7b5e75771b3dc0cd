import type * as Driver from 'cassandra-driver';

export type { Driver };

let loading: Promise<typeof Driver> | undefined;

/** Cassandra's driver, which lies in a file of its own and is read when somebody first asks a server. */
export function loadDriver(): Promise<typeof Driver> {
  // eslint-disable-next-line no-restricted-syntax -- not a way round a wall: a package, but later
  loading ??= import('cassandra-driver');
  return loading;
}
