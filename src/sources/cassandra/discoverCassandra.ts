import { message } from '../../core/base/message.ts';
import type { Discovery } from '../sourceDescriptor.ts';
import { SeveralKeyspaces, type CqlServer } from './cql/server.ts';
import { openCql } from './cql/session.ts';
import { cqlOptionsOf } from './cqlOptions.ts';
import type { CassandraSettings, CassandraValues } from './settings.ts';

/** Finds data center and keyspace, unless they are set. @throws SourceError as opening does */
export async function discoverCassandra(
  settings: CassandraSettings,
  signal: AbortSignal,
): Promise<Discovery<CassandraValues>> {
  const session = openCql(cqlOptionsOf(settings));
  try {
    return found(await session.server(signal));
  } catch (error) {
    if (!(error instanceof SeveralKeyspaces)) throw error;
    return {
      kind: 'several',
      title: message("Several keyspaces have Jaeger's tables. Choose one."),
      choices: error.keyspaces.map((keyspace) => ({
        label: keyspace,
        settings: { 'spanhop.cassandra.keyspace': keyspace },
      })),
    };
  } finally {
    await session.close();
  }
}

function found({
  product,
  version,
  shown,
  dataCenter,
  keyspace,
}: CqlServer): Discovery<CassandraValues> {
  return {
    kind: 'found',
    said: message(
      'Connected to {0} {1} at {2}: data center {3}, keyspace {4}.',
      product,
      version,
      shown,
      dataCenter,
      keyspace,
    ),
    settings: {
      'spanhop.cassandra.localDataCenter': dataCenter,
      'spanhop.cassandra.keyspace': keyspace,
    },
  };
}
