import type { Database } from './database.ts';

/** Runs `work` in one transaction. @throws what `work` or SQLite throws, with nothing of it kept. */
export function inTransaction<T>(database: Database, work: () => T): T {
  database.exec('BEGIN IMMEDIATE');
  try {
    const result = work();
    database.exec('COMMIT');
    return result;
  } catch (error) {
    rollBack(database);
    throw error;
  }
}

function rollBack(database: Database): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // The error ended the transaction too, as a full disk may: `error` is what there is to say.
  }
}
