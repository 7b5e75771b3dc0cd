import { rmSync, statSync } from 'node:fs';
import { message } from '../../core/base/message.ts';
import { damageIn } from './database/health.ts';
import { openForWriting } from './database/open.ts';
import type { Database } from './database/database.ts';
import { filesOf, putAside } from './database/putAside.ts';
import { asSourceError, damaged, isLasting, NewerStoreError } from './database/storeError.ts';
import { SpanWriter } from './ingest/spanWriter.ts';

interface SoundStore {
  readonly database: Database;
  readonly writer: SpanWriter;
}

/**
 * The store for writing, its pages checked. One that can't be used gets another name and a new one is begun:
 * `onPutAside` hears of it, in words for the user.
 * @throws SourceError when there can be none: no access, no space.
 */
export function openSoundStore(path: string, onPutAside: (sentence: string) => void): SoundStore {
  try {
    return openChecked(path);
  } catch (error) {
    if (!isLasting(error) || statSync(path, { throwIfNoEntry: false }) === undefined) throw error;
    try {
      onPutAside(putStoreAside(path, error));
    } catch (reason) {
      throw isDamaged(error) ? reason : error; // Where nothing can be renamed, that isn't what is wrong.
    }
    return openChecked(path);
  }
}

/** Gives it another name. @returns what was done and what to do, for the user. */
export function putStoreAside(path: string, error: unknown): string {
  if (error instanceof NewerStoreError)
    return message(
      'The trace database was created by a newer version of Spanhop and renamed to {0}; a new one is in use. To see its traces, update Spanhop and restore the file name.',
      putAside(path, 'newer'),
    );
  return isDamaged(error)
    ? message(
        "The trace database was damaged and renamed to {0}; a new one is in use. Delete the file if you don't need its traces.",
        putAside(path, 'damaged'),
      )
    : message(
        "The trace database couldn't be opened for writing and was renamed to {0}; a new one is in use. Delete the file if you don't need its traces.",
        putAside(path, 'unusable'),
      );
}

const isDamaged = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'malformed';

function openChecked(path: string): SoundStore {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats && !stats.isFile()) throw damaged(path, new Error('not a file'));
  // Somebody emptied it: another window that still reads it would lock it for good.
  if (stats?.size === 0) for (const file of filesOf(path)) rmSync(file, { force: true });
  const database = openForWriting(path);
  try {
    const damage = damageIn(database, path);
    if (damage !== undefined) throw damaged(path, new Error(damage));
    return { database, writer: new SpanWriter(database) };
  } catch (error) {
    database.close();
    throw asSourceError(error, path);
  }
}
