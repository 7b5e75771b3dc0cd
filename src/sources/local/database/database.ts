import type { DatabaseSync } from 'node:sqlite';

/** The store, open: its statements are prepared where they are used. */
export type Database = DatabaseSync;
