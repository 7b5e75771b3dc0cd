import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';

import { inTransaction } from '../../../../src/sources/local/database/transaction.ts';

describe('a transaction', () => {
  let database: DatabaseSync;
  beforeEach(() => {
    database = new DatabaseSync(':memory:');
    database.exec('CREATE TABLE numbers (n INTEGER)');
  });
  afterEach(() => {
    database.close();
  });
  const add = (n: number) => database.exec(`INSERT INTO numbers VALUES (${String(n)})`);
  const numbers = () =>
    database
      .prepare('SELECT n FROM numbers')
      .all()
      .map(({ n }) => n);

  it('keeps what was written and gives its result', () => {
    assert.equal(
      inTransaction(database, () => {
        add(1);
        return 'done';
      }),
      'done',
    );
    assert.deepEqual(numbers(), [1]);
  });

  it('keeps nothing of what failed, and says why', () => {
    const failing = () =>
      inTransaction(database, () => {
        add(1);
        throw new Error('no');
      });
    assert.throws(failing, { message: 'no' });
    assert.deepEqual(numbers(), []);
  });

  it('that SQLite ended with its error still says that error, and the next one works', () => {
    const endedBySqlite = () =>
      inTransaction(database, () => {
        add(1);
        database.exec('ROLLBACK');
        throw new Error('database or disk is full');
      });
    assert.throws(endedBySqlite, { message: 'database or disk is full' });
    inTransaction(database, () => {
      add(2);
    });
    assert.deepEqual(numbers(), [2]);
  });
});
