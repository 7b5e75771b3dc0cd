import { message } from '../../../core/base/message.ts';
import { SourceError } from '../../../core/base/sourceError.ts';
import type { Database } from './database.ts';
import { migrations, readableVersion, schemaVersion } from './schema.ts';
import { asSourceError, damaged, NewerStoreError } from './storeError.ts';
import { inTransaction } from './transaction.ts';

/** How long a statement waits for another process's lock, in ms. */
const busyTimeout = 5_000;

/**
 * Opens the store for writing, made or migrated as needed.
 * @throws SourceError `unsupported`: a newer Spanhop made it, or this Node has no SQLite; `malformed`: it is damaged.
 */
export function openForWriting(path: string): Database {
  const database = open(path);
  try {
    database.exec(
      // Incremental vacuum must be chosen before the first table.
      'PRAGMA page_size = 8192; PRAGMA auto_vacuum = INCREMENTAL; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;' +
        'PRAGMA journal_size_limit = 16777216; PRAGMA cache_size = -32000;',
    );
    migrate(database, path);
    return database;
  } catch (error) {
    database.close();
    throw asSourceError(error, path);
  }
}

/**
 * Opens the store for reading while another process writes; `undefined` while it has no tables yet.
 * The file must be there.
 * @throws SourceError as `openForWriting`.
 */
export function openForReading(path: string): Database | undefined {
  const database = open(path);
  try {
    // Opened for writing but bound to read: a read-only connection can't always share a WAL.
    database.exec('PRAGMA query_only = 1; PRAGMA cache_size = -16000;');
    const version = versionOf(database);
    if (version > schemaVersion) throw new NewerStoreError(path);
    if (version >= readableVersion) return database;
    refuseOthers(database, path, version);
    // An older store is migrated by its writer, which any window starts.
    database.close();
    return undefined;
  } catch (error) {
    if (database.isOpen) database.close();
    throw asSourceError(error, path);
  }
}

/** @throws SourceError `unsupported`: this Node has no SQLite; `unreachable`: no access. */
export function open(path: string): Database {
  const sqlite = withoutExperimentalWarning(() => process.getBuiltinModule('node:sqlite'));
  // Undefined in a Node without SQLite, whatever the types say.
  if ((sqlite as typeof sqlite | undefined) === undefined)
    throw new SourceError(
      'unsupported',
      message('Local traces need node:sqlite. Use VS Code 1.101 or later, or Node.js 22.13.'),
      process.version,
    );
  try {
    const database = new sqlite.DatabaseSync(path);
    database.exec(`PRAGMA busy_timeout = ${busyTimeout}`);
    return database;
  } catch (error) {
    throw asSourceError(error, path);
  }
}

/** node:sqlite says that it is experimental each time it is loaded: nothing a user can act on. */
function withoutExperimentalWarning<T>(load: () => T): T {
  const emit = process.emitWarning.bind(process);
  process.emitWarning = () => undefined;
  try {
    return load();
  } finally {
    process.emitWarning = emit;
  }
}

function migrate(database: Database, path: string): void {
  inTransaction(database, () => {
    const version = versionOf(database);
    if (version > schemaVersion) throw new NewerStoreError(path);
    refuseOthers(database, path, version);
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${schemaVersion}`);
  });
}

/** A database of something else is no store, though SQLite can read it. */
function refuseOthers(database: Database, path: string, version: number): void {
  if (version > 0) return;
  if (version === 0 && !database.prepare('SELECT 1 FROM sqlite_schema LIMIT 1').get()) return;
  throw damaged(path, new Error('a database of something else'));
}

function versionOf(database: Database): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}
