import { statSync } from 'node:fs';
import { openForReading } from './database/open.ts';
import type { Database } from './database/database.ts';
import { asSourceError } from './database/storeError.ts';

/** The store's file, opened for reading when it is there, and again when it was replaced. */
export class StoreFile {
  readonly #path: string;
  #open: { readonly database: Database; readonly inode: number } | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /**
   * What `query` answers; `empty` while there is no store, which is no error: nothing was received yet.
   * @throws SourceError when the file can't be read.
   */
  ask<T>(empty: T, query: (database: Database) => T): T {
    try {
      const database = this.#current();
      return database === undefined ? empty : query(database);
    } catch (error) {
      this.close();
      throw asSourceError(error, this.#path);
    }
  }

  close(): void {
    this.#open?.database.close();
    this.#open = undefined;
  }

  #current(): Database | undefined {
    const inode = statSync(this.#path, { throwIfNoEntry: false })?.ino;
    if (this.#open?.inode !== inode) this.close();
    if (inode === undefined) return undefined;
    if (this.#open === undefined) {
      const database = openForReading(this.#path);
      if (database !== undefined) this.#open = { database, inode };
    }
    return this.#open?.database;
  }
}
