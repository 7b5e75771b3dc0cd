import type { Clock, Log, TraceSource } from '../core/ports.ts';
import { openFileSource } from './file/fileSource.ts';
import { openJaegerSource } from './jaeger/jaegerSource.ts';
import { openLocalSource } from './local/localSource.ts';
import { openCassandraSource } from './cassandra/cassandraSource.ts';
import { cqlOptionsOf } from './cassandra/cqlOptions.ts';
import { discoverCassandra } from './cassandra/discoverCassandra.ts';
import type { SourceKind, SourceSettings, SourceValues } from './registry.ts';
import type { Discovery } from './sourceDescriptor.ts';

interface Surroundings {
  readonly clock: Clock;
  readonly log: Log;
}

/** Apart from the descriptors: whoever imports this carries what every source needs to be read. */
const openers: {
  readonly [Kind in SourceKind]: (options: SourceSettings<Kind> & Surroundings) => TraceSource;
} = {
  local: openLocalSource,
  jaeger: openJaegerSource,
  cassandra: ({ clock, log, ...settings }) =>
    openCassandraSource({ ...cqlOptionsOf(settings), clock, log }),
  file: openFileSource,
};

/** The source the settings name; nothing is asked of it yet. */
export function openTraceSource<Kind extends SourceKind>(
  settings: SourceSettings<Kind>,
  surroundings: Surroundings,
): TraceSource {
  return openers[settings.kind]({ ...settings, ...surroundings });
}

/** Those whose descriptor says `discovers`. */
const discoverers: {
  readonly [Kind in SourceKind]?: (
    settings: SourceSettings<Kind>,
    signal: AbortSignal,
  ) => Promise<Discovery<SourceValues>>;
} = { cassandra: discoverCassandra };

/** Asks the server what else it needs. @throws SourceError as its source does; `unauthorized`: it wants a secret. */
export async function discoverSource<Kind extends SourceKind>(
  settings: SourceSettings<Kind>,
  signal: AbortSignal,
): Promise<Discovery<SourceValues>> {
  const discover = discoverers[settings.kind];
  if (discover === undefined) throw new Error(`${settings.kind} has nothing to discover`);
  return discover(settings, signal);
}
