import assert from 'node:assert/strict';
import { indexReport } from '../../../../src/core/code/indexReport.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

/** `query SELECT 1 3`: the method, the statement and the line, in a file of `@Injectable()` code. */
function statementsOf(code: string, others: Readonly<Record<string, string>> = {}): string[] {
  const text = `import { Injectable } from '@nestjs/common';\n${code}`;
  const { calls } = indexReport(indexFiles({ 'a.ts': text, ...others }), '/ws');
  return calls.map(({ library, operation, target, line }) => {
    assert.equal(library, 'sql');
    return `${operation} ${target ?? '?'} ${line}`;
  });
}

const inService = (body: string, constructor = '') => `@Injectable() export class Orders {
  constructor(${constructor}) {}
  ${body}
}`;

const knexService = (body: string) => `import { Knex } from 'knex';
import { InjectKnex } from 'nestjs-knex';
${inService(body, '@InjectKnex() private readonly knex: Knex')}`;

describe('SQL statements in the code', () => {
  const cases: Readonly<Record<string, readonly [code: string, ...statements: string[]]>> = {
    'of a pool and its clients of pg, on one line': [
      `import { Pool } from 'pg';
const byId = \`SELECT *
   FROM orders WHERE id = $1\`;
${inService('async run(table: string) { await this.pool.query(byId, [1]);\n const client = await this.pool.connect(); await client.query({ text: `DELETE FROM ${table}` }); client.release(); }', 'private readonly pool: Pool')}`,
      'query SELECT * FROM orders WHERE id = $1 7',
      'connect ? 8',
      'query DELETE FROM * 8',
    ],
    'of pg made here, and in a callback': [
      `import pg from 'pg';
const pool = new pg.Pool();
export const run = () => pool.connect().then((client) => client.query('SELECT 1'));`,
      'connect ? 4',
      'query SELECT 1 4',
    ],
    'of mysql2, with promises or without': [
      `import mysql from 'mysql2';
import { createPool, type Pool, type PoolConnection } from 'mysql2/promise';
const pool = createPool({});
export async function run(connection: PoolConnection) { await pool.execute('SELECT a FROM b'); await mysql.createPool({}).promise().query({ sql: 'SELECT 2' });
 const own = await pool.getConnection(); await own.beginTransaction(); await connection.query('UPDATE b SET a = ?', [1]); await own.commit(); }`,
      'execute SELECT a FROM b 5',
      'query SELECT 2 5',
      'beginTransaction START TRANSACTION 6',
      'query UPDATE b SET a = ? 6',
      'commit COMMIT 6',
    ],
    'of better-sqlite3, where they run and not where they are prepared': [
      `import Database from 'better-sqlite3';
${inService('private readonly one = this.db.prepare("SELECT 1");\n run() { this.db.prepare("INSERT INTO a VALUES (?)")\n.run(1); this.db.exec("DELETE FROM a"); return this.one.all(); }\n raw() { return this.db.prepare("SELECT 2").pluck().get(); }', 'private readonly db: Database.Database')}`,
      'run INSERT INTO a VALUES (?) 7',
      'exec DELETE FROM a 7',
      'all SELECT 1 7',
      'get ? 8',
    ],
    'that knex builds, one for each chain, at its root': [
      knexService(`async a() { return this.knex('orders').where({ id: 1 }).first(); }
 async b() { await this.knex
   .insert({ id: 1 })
   .into('orders').returning('*'); }
 async c() { await this.knex('orders as o').join('users as u', 'u.id', 'o.user').where('a', 1).update({ x: 1 }); await this.knex<Order>('orders').del(); }
 async d() { await this.knex.raw('SELECT now()'); await this.knex.from('orders').count('id'); await this.knex('orders'); }`),
      'first SELECT * FROM orders* 6',
      'insert INSERT INTO orders * 8',
      'update UPDATE orders SET * 10',
      'del DELETE FROM orders* 10',
      'raw SELECT now() 11',
      'count SELECT * FROM orders* 11',
    ],
    'that knex builds in a transaction': [
      knexService(`async a() { await this.knex.transaction(async (trx) => { await trx('a').insert({}); }); }
 async b() { const trx = await this.knex.transaction(); await trx('b').del(); await this.knex('c').transacting(trx).first(); }
 async c(trx: Knex.Transaction) { return trx('d').select(); }`),
      'transaction BEGIN* 6',
      'insert INSERT INTO a * 6',
      'transaction BEGIN* 7',
      'del DELETE FROM b* 7',
      'first SELECT * FROM c* 7',
      'select SELECT * FROM d* 8',
    ],
    'that knex builds, not what is a part of another or only a text': [
      knexService(`async a() { return this.knex('a').whereIn('id', this.knex('b').select('id')).andWhere('at', '<', this.knex.raw('now()')).first(); }
 b() { return this.knex('c').where('x', 1).toQuery(); }
 async c() { return this.knex('d').insert(await this.knex('e').select()); }
 async d() { return this.knex('f').select().then((rows) => this.knex('g').insert(rows)); }`),
      'first SELECT * FROM a* 6',
      'insert INSERT INTO d * 8',
      'select SELECT * FROM e* 8',
      'select SELECT * FROM f* 9',
      'insert INSERT INTO g * 9',
    ],
    'that are built on and run later': [
      knexService(
        `async a(all: boolean) { const query = this.knex('a').where('x', 1); if (!all) query.limit(5); return await query.orderBy('y'); }`,
      ),
      'where SELECT * FROM a* 6',
      'orderBy SELECT * FROM * 6',
    ],
    'not of other clients, nor of what has the same names': [
      `import { createClient } from '@clickhouse/client';
import { DataSource } from 'typeorm';
const client = createClient({});
${inService('run(items: string[]) { client.query({ query: "SELECT 1" }); this.source.query("SELECT 2"); Array.from(items); return this.own.query("SELECT 3"); }', 'private source: DataSource, private own: Own')}
class Own { query(text: string) { return text; } select() { return this; } from() { return this; } }
export const built = (own: Own) => own.select().from();`,
    ],
  };
  for (const [name, [code, ...expected]] of Object.entries(cases)) {
    it(`are those ${name}`, () => {
      assert.deepEqual(statementsOf(code), expected);
    });
  }

  it('are found through a service that makes the client, in files that name no library', () => {
    const code = `import { Db } from './db';
${inService("run() { return this.db.knex('orders').where('id', 1).first(); }\n more() { return this.db.get()('items').select(); }", 'private readonly db: Db')}`;
    const db = `import { knex, Knex } from 'knex';
export class Db { readonly knex: Knex = knex({ client: 'pg' }); get() { return this.knex; } }`;
    assert.deepEqual(statementsOf(code, { 'db.ts': db }), [
      'first SELECT * FROM orders* 5',
      'select SELECT * FROM items* 6',
    ]);
  });

  it('are cut where they are long', () => {
    const code = `import { Client } from 'pg';
export const run = (client: Client) => client.query(\`SELECT \${'x'.repeat(0)}${'a, '.repeat(2_000)}\`);`;
    const [statement = ''] = statementsOf(code);
    assert.ok(statement.length < 2_100);
  });
});
