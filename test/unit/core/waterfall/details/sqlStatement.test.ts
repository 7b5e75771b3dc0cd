import assert from 'node:assert/strict';
import type { Attributes } from '../../../../../src/core/trace/rawSpan.ts';
import { isSql, sqlDialect } from '../../../../../src/core/waterfall/details/sqlStatement.ts';

const ofSystem = (system: string): Attributes => [{ key: 'db.system', value: system }];
const is = (key: string, value: string, system = 'postgresql') =>
  isSql({ key, value }, ofSystem(system));

describe('an attribute that holds SQL', () => {
  it('is known by its key and by how the text begins', () => {
    assert.ok(is('db.statement', 'SELECT 1'));
    assert.ok(is('db.query.text', '\n  -- why\n /* x */ (select 1)'));
    assert.ok(is('db.query.text', 'WITH a AS (SELECT 1) SELECT * FROM a'));
    assert.ok(is('db.query.text', 'COMMIT'));
    assert.ok(!is('http.route', 'SELECT 1'));
  });

  it("isn't the name of a span, a command of another store, or a statement without end", () => {
    assert.ok(!is('db.query.text', 'prisma:client:db_query'));
    assert.ok(!is('db.query.text', 'Order.findMany'));
    assert.ok(!is('db.statement', 'SET key value', 'redis'));
    assert.ok(!is('db.statement', 'db.loans.find({})', 'mongodb'));
    assert.ok(!is('db.statement', `SELECT ${'1,'.repeat(200_000)}`));
    assert.ok(!isSql({ key: 'db.statement', value: 1 }, []));
  });

  it('has the dialect of its database', () => {
    const dialects = ['postgresql', 'cockroachdb', 'mysql', 'MariaDB', 'sqlite', 'mssql'].map(
      (one) => sqlDialect(ofSystem(one)),
    );
    assert.deepEqual(dialects, [
      'postgresql',
      'postgresql',
      'mysql',
      'mariadb',
      'sqlite',
      'transactsql',
    ]);
    assert.equal(
      sqlDialect([{ key: 'db.system.name', value: 'microsoft.sql_server' }]),
      'transactsql',
    );
    assert.equal(sqlDialect([{ key: 'db.system.name', value: 'oracle.db' }]), 'plsql');
    assert.equal(sqlDialect([]), 'sql');
  });
});
