import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { plainStatement } from '../../../../src/core/matching/calls/sql/sqlText.ts';
import type { AttributeValue, RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { makeSpan } from '../../../support/span.ts';
import { isMatch } from '../../../../src/core/matching/match.ts';
import { mapOrders, placesOf } from '../../../support/storedOrders.ts';

let made = 0;
interface Sketch {
  readonly id?: string;
  readonly parent?: string;
  readonly name?: string;
  readonly start?: number;
  readonly kind?: RawSpan['kind'];
}

const database = (
  client: string,
  attributes: Readonly<Record<string, AttributeValue>>,
  sketch: Sketch = {},
): RawSpan =>
  makeSpan({
    id: `sql${made++}`,
    parent: 'handler',
    kind: 'client',
    start: 10_000 + made * 10,
    duration: 1,
    scope: `@opentelemetry/instrumentation-${client}`,
    ...sketch,
    attributes,
  });

/** As instrumentation-pg 0.76 makes them. */
const pg = (text: string, sketch: Sketch = {}): RawSpan =>
  database(
    'pg',
    { 'db.system.name': 'postgresql', 'db.namespace': 'shop', 'db.query.text': text },
    { name: `pg.query:${text.split(/\s/)[0]!.toUpperCase()} shop`, ...sketch },
  );

/** As instrumentation-knex 0.67 makes them. */
const knex = (operation: string, table: string, text: string, sketch: Sketch = {}): RawSpan =>
  database(
    'knex',
    {
      'db.system.name': 'postgresql',
      'db.operation.name': operation,
      'db.collection.name': table,
      'db.query.text': text,
    },
    { name: `${operation} shop.${table}`, ...sketch },
  );

const withPool = (body: string) => ({
  imports: "import { Pool } from 'pg';",
  members: 'private readonly pool: Pool',
  body,
});

const withKnex = (body: string) => ({
  imports: "import { Knex } from 'knex';",
  members: 'private readonly knex: Knex',
  body,
});

describe("Database clients' spans", () => {
  it('are of the call below their handler with their text, however it is laid out and quoted', () => {
    const code = withPool(`  async run(id: number, table: string) {
    await this.pool.query(\`SELECT id, name
      FROM orders -- all of them
      WHERE id = $1\`, [id]);
    await this.pool.query('DELETE FROM items WHERE "order" = $1', [id]);
    await this.pool.query(\`SELECT count(*) FROM \${table} WHERE id > 10\`);
  }`);
    const spans = [
      pg('select id, name from orders where id = $1'),
      pg('DELETE FROM items WHERE "order" = $1;'),
      pg('SELECT count(*) FROM items WHERE id > ?'),
      pg('SELECT id FROM orders WHERE id = $1'),
    ];
    assert.deepEqual(placesOf(code, spans), [
      'strong SQL SELECT orders 5',
      'strong SQL DELETE items 8',
      'strong SQL SELECT 9',
      'weak Orders.run 4',
    ]);
  });

  it('are told by the names of before as well', () => {
    const code = {
      imports: "import type { Pool } from 'mysql2/promise';",
      members: 'private readonly pool: Pool',
      body: `  async run() {
    await this.pool.execute('SELECT a FROM b WHERE c IN (?)', [[1, 2]]);
  }`,
    };
    const old = database('mysql2', {
      'db.system': 'mysql',
      'db.statement': 'SELECT a FROM b WHERE c IN (1, 2)',
    });
    assert.deepEqual(placesOf(code, [old]), ['strong SQL SELECT b 5']);
  });

  it('are of what knex builds by what is done to which table, of several of one kind likely', () => {
    const code = withKnex(`  async run() {
    await this.knex('orders').where('id', 1).first();
    await this.knex('orders').select('id').orderBy('id');
    await this.knex('orders').count('id');
    await this.knex('items').where('id', 1).update({ x: 1 });
    await this.knex('items').where('id', 2).update({ y: 1 });
    await this.knex('items').insert({});
  }`);
    const spans = [
      knex('first', 'orders', 'select * from "orders" where "id" = ? limit ?'),
      knex('select', 'orders', 'select "id" from "orders" order by "id" asc'),
      knex('select', 'orders', 'select count("id") from "orders"'),
      knex('update', 'items', 'update "items" set "x" = ? where "id" = ?'),
      knex('insert', 'items', 'insert into "items" default values'),
    ];
    assert.deepEqual(placesOf(code, spans), [
      'strong SQL SELECT orders 5',
      'strong SQL SELECT orders 6',
      'strong SQL SELECT orders 7',
      'likely SQL UPDATE items 8 or 9',
      'strong SQL INSERT items 10',
    ]);
  });

  it('are of what knex builds where only its driver has spans, and part of it where both have', () => {
    const code = withKnex(`  async run() {
    await this.knex.transaction(async (trx) => { await trx('orders').del(); });
    await this.knex.raw('select now()');
  }`);
    const outer = knex('del', 'orders', 'delete from "orders"', { id: 'outer' });
    const spans = [
      pg('BEGIN;'),
      outer,
      pg('delete from "orders"', { parent: 'outer' }),
      pg('COMMIT;'),
      pg('select now()'),
    ];
    assert.deepEqual(placesOf(code, spans), [
      'strong SQL BEGIN 5',
      'strong SQL DELETE orders 5',
      'strong SQL DELETE orders 5',
      'strong SQL BEGIN 5',
      'strong SQL SELECT 6',
    ]);
  });

  it('are likely of a call that is put together at run time, as far as it begins like them', () => {
    const code = withPool(`  async run(where: string, text: string) {
    let statement = 'SELECT id, name FROM orders';
    statement += where;
    await this.pool.query(statement);
    await this.pool.query(text);
  }`);
    const spans = [pg('SELECT id, name FROM orders WHERE id = $1'), pg('VACUUM items')];
    assert.deepEqual(placesOf(code, spans), ['likely SQL SELECT orders 7', 'likely SQL query 8']);
  });

  it('that wait for a connection are part of the call that is next, or of the one that asks for it', () => {
    const wait = { id: 'wait', name: 'pg-pool.connect', start: 10, kind: 'client' } as const;
    const waiting = database('pg', { 'db.system.name': 'postgresql' }, wait);
    const query = pg('SELECT 1 FROM orders', { start: 20 });
    const direct = withPool(`  async run() {
    await this.pool.query('SELECT 1 FROM orders');
  }`);
    assert.deepEqual(placesOf(direct, [waiting, query]), [
      'likely SQL SELECT orders 5',
      'strong SQL SELECT orders 5',
    ]);
    const asking = withPool(`  async run() {
    const client = await this.pool.connect();
    await client.query('SELECT 1 FROM orders');
  }`);
    assert.deepEqual(placesOf(asking, [waiting, query]), [
      'likely SQL connect 5',
      'strong SQL SELECT orders 6',
    ]);
  });

  it('that wait for a connection are as many as there are, each with the query that comes next', () => {
    const code = withPool(`  async run() {
    await this.pool.query('SELECT 1 FROM orders');
    await this.pool.query('SELECT 1 FROM items');
  }`);
    const spans = Array.from({ length: 20_000 }, (_, at) => [
      makeSpan({
        id: `wait${at}`,
        parent: 'handler',
        kind: 'client',
        name: 'pg-pool.connect',
        start: 10_000 + at * 5_000,
        duration: 10,
      }),
      pg(`SELECT 1 FROM ${at % 2 === 0 ? 'orders' : 'items'}`, { start: 10_010 + at * 5_000 }),
    ]).flat();
    const { trace, matches } = mapOrders(code, spans);
    const lines = matches
      .filter((_, row) => trace.spans[row]!.name === 'pg-pool.connect')
      .map((match) => isMatch(match) && match.location.line);
    assert.equal(lines.length, 20_000);
    assert.deepEqual(
      lines,
      lines.map((_, at) => 5 + (at % 2)),
    );
  });

  it("below Prisma's are part of its call, whatever their text", () => {
    const code = {
      imports: "import { Pool } from 'pg';\nimport { PrismaClient } from '@prisma/client';",
      members: 'private readonly pool: Pool, private readonly prisma: PrismaClient',
      body: `  async run() {
    await this.prisma.order.findMany();
    await this.pool.query('SELECT 1');
  }`,
    };
    const operation = makeSpan({
      id: 'operation',
      parent: 'handler',
      name: 'prisma:client:operation',
      scope: 'prisma',
      start: 5,
      duration: 50,
      attributes: { method: 'findMany', model: 'Order', name: 'Order.findMany' },
    });
    const spans = [operation, pg('SELECT 1', { parent: 'operation', start: 10 })];
    assert.deepEqual(placesOf(code, spans), ['strong order.findMany 6', 'strong order.findMany 6']);
  });
});

describe('plainStatement', () => {
  it('is the same for one statement, however it is written', () => {
    const one = 'select a, b from "t" where c in (1, 2) and d = \'x\';';
    for (const other of [
      'SELECT a,b FROM t\n  WHERE c IN ($1,$2) AND d=$3',
      'select a , b from `t` where c in (?) and d = :name /* why */',
      'select a, b from [t] where c in (3, 4, 5) -- these\n and d = @p1',
    ]) {
      assert.equal(plainStatement(other), plainStatement(one));
    }
    assert.notEqual(plainStatement('select a from t1'), plainStatement('select a from t2'));
  });

  it('is the same with values or with what stands for them', () => {
    const word = fc.stringMatching(/^[a-z][a-z_]{0,8}[a-z]$/);
    const value = fc.oneof(
      fc.nat().map(String),
      fc.stringMatching(/^[a-z *-]{0,9}$/).map((text) => `'${text}'`),
    );
    fc.assert(
      fc.property(
        word,
        word,
        fc.array(value, { minLength: 1, maxLength: 5 }),
        (table, column, values) => {
          const statement = (given: readonly string[]) =>
            `SELECT ${column} FROM ${table} WHERE ${column} IN (${given.join(', ')}) OR x=${given[0]!}`;
          const placed = plainStatement(statement(values.map((_, at) => `$${at + 1}`)));
          assert.equal(plainStatement(statement(values)), placed);
          assert.notEqual(plainStatement(statement(values).replace('OR', 'AND')), placed);
        },
      ),
    );
  });
});
