import { cassandraSettings } from '../../../src/sources/cassandra/settings.ts';
import type { SourceSettings } from '../../../src/sources/registry.ts';
import type { Fault, FaultStage, FaultTimes } from './fault.ts';
import { startRelay, type Relay } from './relay.ts';
import type { Screen } from './screen.ts';
import { keyspace, reader, type SharedCassandra } from './sharedCassandra.ts';

type CassandraSettings = SourceSettings<'cassandra'>;

/** A Cassandra that others share, behind a relay of its own. */
export interface CassandraStage {
  readonly cassandra: SharedCassandra;
  readonly relay: Relay;
  readonly screen: Screen;
  /** Sets something else, as a user does. */
  readonly set: (changed: Partial<CassandraSettings>) => Promise<void>;
}

interface OnCassandra extends Omit<Fault, 'stage' | 'shared'> {
  /** Contact points are the server's own, not the relay's. */
  readonly isDirect?: boolean;
  readonly begin: (stage: CassandraStage) => Promise<void>;
  readonly end: (stage: CassandraStage) => Promise<void>;
}

/** A fault of a Cassandra whose window is well before. */
export const onCassandra =
  (cassandra: SharedCassandra, usual: (times: FaultTimes) => CassandraSettings) =>
  ({ begin, end, isDirect = false, ...fault }: OnCassandra): Fault => ({
    ...fault,
    shared: cassandra,
    stage: async (times): Promise<FaultStage> => {
      await cassandra.fill();
      const { port } = cassandra.running();
      const relay = await startRelay(port);
      const point = `127.0.0.1:${String(isDirect ? port : relay.port)}`;
      const well = { ...usual(times), contactPoints: [point] };
      let settings: CassandraSettings = well;
      const stageOf = (screen: Screen): CassandraStage => ({
        cassandra,
        relay,
        screen,
        set: async (changed) => {
          settings = { ...well, ...changed };
          await screen.settingsChanged();
        },
      });
      return {
        settings: () => settings,
        begin: (screen) => begin(stageOf(screen)),
        end: (screen) => end(stageOf(screen)),
        close: () => relay.close(),
      };
    },
  });

/** As a user sets it who may read the keyspace. */
export const asReader = ({ timeoutMs }: FaultTimes): CassandraSettings => ({
  kind: 'cassandra',
  contactPoints: [],
  localDataCenter: undefined,
  keyspace,
  ...reader,
  consistency: 'LOCAL_ONE',
  tls: undefined,
  timeoutMs,
  maxBytes: cassandraSettings['spanhop.cassandra.maxResponseMegabytes'].default * 1_000_000,
});

/** For `end`, where only the settings were wrong. */
export const setBack = ({ set }: CassandraStage): Promise<void> => set({});
