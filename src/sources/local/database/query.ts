import type { SQLInputValue, StatementSync } from 'node:sqlite';
import type { Database } from './database.ts';

/** A prepared statement over our own tables; `schema.ts` is what makes `Row` true. */
export class Query<Row> {
  readonly #statement: StatementSync;

  constructor(database: Database, sql: string) {
    this.#statement = database.prepare(sql);
  }

  all(...values: readonly SQLInputValue[]): readonly Row[] {
    return this.#statement.all(...values) as unknown as readonly Row[];
  }

  first(...values: readonly SQLInputValue[]): Row | undefined {
    return this.#statement.get(...values) as unknown as Row | undefined;
  }

  /** Row by row: for rows too big to hold together. */
  each(...values: readonly SQLInputValue[]): Iterable<Row> {
    return this.#statement.iterate(...values) as unknown as Iterable<Row>;
  }
}
