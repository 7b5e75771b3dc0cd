import type { DatabaseSync } from 'node:sqlite';
import { message } from '../../../core/base/message.ts';
import { SourceError } from '../../../core/base/sourceError.ts';
import { schemaVersion, migrations } from './schema.ts';

export type Database = DatabaseSync;

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
    if (version > schemaVersion) throw tooNew(path);
    if (version === schemaVersion) return database;
    // An older store is migrated by its writer, which any window starts.
    database.close();
    return undefined;
  } catch (error) {
    if (database.isOpen) database.close();
    throw asSourceError(error, path);
  }
}

function open(path: string): Database {
  const sqlite = withoutExperimentalWarning(() => process.getBuiltinModule('node:sqlite'));
  // Undefined in a Node without SQLite, whatever the types say.
  if ((sqlite as typeof sqlite | undefined) === undefined)
    throw new SourceError(
      'unsupported',
      message('The local store needs node:sqlite: use VS Code 1.106 or later, or Node 24.'),
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
  database.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(database);
    if (version > schemaVersion) throw tooNew(path);
    for (const step of migrations.slice(version)) database.exec(step);
    database.exec(`PRAGMA user_version = ${schemaVersion}`);
    database.exec('COMMIT');
  } catch (error) {
    database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: Database): number {
  return Number(database.prepare('PRAGMA user_version').get()?.['user_version'] ?? 0);
}

function tooNew(path: string): SourceError {
  return new SourceError(
    'unsupported',
    message('{0} was written by a newer Spanhop: update this one, or delete the file.', path),
  );
}

/** SQLite's codes for a file that isn't a database or is damaged: SQLITE_CORRUPT, SQLITE_NOTADB. */
const damaged: readonly number[] = [11, 26];
/** Of an extended code, such as that of a damaged index. */
const primaryCode = 0xff;

export function asSourceError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('errcode' in error)) return error;
  const detail = `${error.message} (SQLite ${String(error.errcode)})`;
  return damaged.includes(Number(error.errcode) & primaryCode)
    ? new SourceError(
        'malformed',
        message('The trace store {0} is damaged: delete it to start a new one.', path),
        detail,
        error,
      )
    : new SourceError(
        'unreachable',
        message('The trace store {0} could not be used: {1}.', path, error.message),
        detail,
        error,
      );
}
