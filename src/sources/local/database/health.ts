import { statSync } from 'node:fs';
import { open } from './open.ts';
import type { Database } from './database.ts';

/** A larger store is checked where it is used: reading all of it takes longer than anyone waits. */
const mostChecked = 1_000_000_000;

/**
 * What SQLite finds wrong with the pages of a database; undefined when nothing is. 250 MB take half a second.
 * @throws SQLite's error when it can't even look.
 */
export function damageIn(database: Database, path: string): string | undefined {
  const { size } = statSync(path);
  if (size > mostChecked) return undefined;
  const [row] = database.prepare('PRAGMA quick_check(1)').all();
  const found = String(row?.['quick_check'] ?? '');
  return found === 'ok' ? undefined : found;
}

/**
 * The same of the file as another process sees it: a connection may have pages in memory that are gone. Only SQLite may
 * open the file: closing it in any other way gives up the locks that this process has on it.
 */
export function damageOnDisk(path: string): string | undefined {
  const database = open(path);
  try {
    return damageIn(database, path);
  } finally {
    database.close();
  }
}
