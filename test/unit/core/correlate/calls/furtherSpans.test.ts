import assert from 'node:assert/strict';
import { callRuns } from '../../../../../src/core/correlate/calls/callRuns.ts';
import { CostTreeBuilder } from '../../../../../src/core/explain/costTree.ts';
import type { RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { makeSpan } from '../../../../support/span.ts';
import { mapOrders } from '../../../../support/storedOrders.ts';

let made = 0;
const span = (name: string, client: string, system: string, text?: string): RawSpan =>
  makeSpan({
    id: `further${made++}`,
    parent: 'handler',
    name,
    kind: 'client',
    start: 10_000 + made * 10,
    duration: 5,
    scope: `@opentelemetry/instrumentation-${client}`,
    attributes: {
      'db.system.name': system,
      ...(text === undefined ? {} : { 'db.query.text': text }),
    },
  });

const redis = (text: string) => span(text.split(' ', 1)[0]!, 'ioredis', 'redis', text);
const sql = (text: string) => span('pg.query', 'pg', 'postgresql', text);

/** By line: how often the call there ran, as lenses count it and as an explanation does. */
function runsOf(code: Parameters<typeof mapOrders>[0], spans: readonly RawSpan[]): string[] {
  const mapped = mapOrders(code, spans);
  const runs = callRuns(mapped);
  const tree = new CostTreeBuilder();
  tree.add(mapped, 0);
  return [...tree.calls].map(([id, { branch, calls }]) => {
    const times = runs.filter(({ callId }) => callId === id).length;
    const inTree = [...branch.calls.values()].reduce((sum, count) => sum + count, 0);
    return `${branch.place.symbol.replace(/ in Orders.*/, '')} ×${times} ×${calls.get(0) ?? 0} ×${inTree}`;
  });
}

describe('A call that makes several spans', () => {
  it('counts once where a cache writes what it did not find', () => {
    const code = {
      imports: "import type { Cache } from 'cache-manager';",
      members: 'private readonly cache: Cache',
      body: `  async run(id: string) {
    await this.cache.wrap(\`rate:\${id}\`, () => 1);
    await this.cache.set('last', id);
  }`,
    };
    const spans = [redis('get rate:1'), redis('set rate:1 [1 other arguments]')];
    const more = [redis('get rate:2'), redis('set last [1 other arguments]')];
    assert.deepEqual(runsOf(code, [...spans, ...more]), [
      'Cache WRAP rate:* ×2 ×2 ×2',
      'Cache SET last ×1 ×1 ×1',
    ]);
  });

  it('counts once where it waits for a connection', () => {
    const code = {
      imports: "import { Pool } from 'pg';",
      members: 'private readonly pool: Pool',
      body: `  async run() {
    await this.pool.query('SELECT 1 FROM orders');
  }`,
    };
    const spans = [span('pg-pool.connect', 'pg', 'postgresql'), sql('SELECT 1 FROM orders')];
    assert.deepEqual(runsOf(code, spans), ['SQL SELECT orders ×1 ×1 ×1']);
  });

  it('counts once where it is a transaction, which begins and commits', () => {
    const code = {
      imports: "import { Knex } from 'knex';",
      members: 'private readonly knex: Knex',
      body: `  async run() {
    await this.knex.transaction(async (trx) => {
      await trx('orders').del();
    });
  }`,
    };
    const spans = [sql('BEGIN;'), sql('delete from "orders"'), sql('COMMIT;')];
    assert.deepEqual(runsOf(code, spans), ['SQL BEGIN ×1 ×1 ×1', 'SQL DELETE orders ×1 ×1 ×1']);
  });
});
