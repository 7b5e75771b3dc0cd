import { homedir } from 'node:os';

import { message } from '../../core/base/message.ts';
import type { SettingEntries } from '../../core/base/setting.ts';
import { namedFile } from '../namedFile.ts';
import type { SourceDescriptor } from '../sourceDescriptor.ts';
import { findLocalDatabase, localDatabaseCandidates } from './localDatabase.ts';

export interface LocalSettings {
  readonly kind: 'local';
  /** Empty, on the command line: the extension's own, wherever it is. */
  readonly databasePath: string;
}

export interface LocalValues {
  'spanhop.localStore.port': number;
  'spanhop.localStore.host': string;
  'spanhop.localStore.maxMegabytes': number;
  'spanhop.localStore.maxAgeHours': number;
}

const settings: SettingEntries<LocalValues> = {
  'spanhop.localStore.port': {
    type: 'integer',
    default: 4318,
    scope: 'application',
    restricted: false,
    minimum: 1_024,
    maximum: 65_535,
  },
  'spanhop.localStore.host': {
    type: 'string',
    default: '127.0.0.1',
    scope: 'machine',
    restricted: true,
  },
  'spanhop.localStore.maxMegabytes': {
    type: 'integer',
    default: 512,
    scope: 'application',
    restricted: false,
    minimum: 16,
    maximum: 65_536,
  },
  'spanhop.localStore.maxAgeHours': {
    type: 'number',
    default: 72,
    scope: 'application',
    restricted: false,
    minimum: 1,
    maximum: 8_760,
  },
};

/** The traces that Spanhop receives on this machine. */
export const local = {
  kind: 'local',
  editor: {
    label: () => message('Local traces'),
    icon: 'database',
    detail: (setting) =>
      message(
        'Receives OTLP at http://127.0.0.1:{0} and keeps traces on this machine',
        setting('spanhop.localStore.port'),
      ),
    place: () => message('Local traces'),
    settings,
    receives: true,
    read: ({ databasePath }) => ({ kind: 'local', databasePath }),
  },
  commandLine: {
    flags: {
      local: {
        value: '[database]',
        help: 'Local traces of the extension (default)',
        valueLike: /\.(db|sqlite3?)$/,
      },
    },
    read: (given): LocalSettings => ({ kind: 'local', databasePath: given.text('local') }),
    locate: ({ kind, databasePath }, { cwd, env }) => ({
      kind,
      databasePath:
        databasePath === ''
          ? findLocalDatabase(localDatabaseCandidates(process.platform, env, homedir()))
          : namedFile(databasePath, cwd, 'Trace database'),
    }),
  },
} as const satisfies SourceDescriptor<LocalSettings, LocalValues>;
