import assert from 'node:assert/strict';
import { redisCommandOf } from '../../../../src/core/matching/calls/cache/redisCommand.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { makeSpan } from '../../../support/span.ts';
import { placesOf } from '../../../support/storedOrders.ts';

let made = 0;
/** As instrumentation-ioredis 0.71 makes them; `old` as 0.40 did. */
function ioredis(statement: string, { old = false, parent = 'handler' } = {}): RawSpan {
  const [name = ''] = statement.split(' ', 1);
  return makeSpan({
    id: `redis${made++}`,
    parent,
    name,
    kind: 'client',
    start: 10 + made,
    duration: 1,
    scope: '@opentelemetry/instrumentation-ioredis',
    attributes: old
      ? { 'db.system': 'redis', 'db.statement': statement }
      : { 'db.system.name': 'redis', 'db.operation.name': name, 'db.query.text': statement },
  });
}

/** As instrumentation-redis 0.71 makes them. */
const nodeRedis = (statement: string, operation?: string): RawSpan => ({
  ...ioredis(statement),
  name: `redis-${statement.split(' ', 1)[0]!}`,
  scope: '@opentelemetry/instrumentation-redis',
  attributes: [
    { key: 'db.system.name', value: 'redis' },
    { key: 'db.query.text', value: statement },
    { key: 'db.operation.name', value: operation ?? statement.split(' ', 1)[0]! },
  ],
});

const withRedis = (body: string) => ({
  imports: "import Redis from 'ioredis';",
  members: 'private readonly redis: Redis',
  body,
});

const withBoth = (body: string) => ({
  imports: "import Redis from 'ioredis';\nimport type { RedisClientType } from 'redis';",
  members: 'private readonly redis: Redis, private readonly client: RedisClientType',
  body,
});

describe("Redis clients' spans", () => {
  it('are of the call below their handler with their command and key, under old and new names of attributes', () => {
    const code = withRedis(`  async run(id: string) {
    await this.redis.get(\`user:\${id}\`);
    await this.redis.get(\`cart:\${id}\`);
    await this.redis.set('top', '1');
  }`);
    const spans = [
      ioredis('get user:7'),
      ioredis('get cart:7', { old: true }),
      ioredis('set top [1 other arguments]'),
    ];
    assert.deepEqual(placesOf(code, spans), [
      'strong Redis GET user:* 5',
      'strong Redis GET cart:* 6',
      'strong Redis SET top 7',
    ]);
  });

  it('are not of a call with another command, key or client', () => {
    const code = withBoth(`  async run() {
    await this.redis.get('user');
    await this.client.hGetAll('cart');
  }`);
    const spans = [
      ioredis('get other'),
      ioredis('ttl user'),
      ioredis('hgetall [1 other arguments]'),
    ];
    assert.deepEqual(placesOf(code, spans), [
      'weak Orders.run 5',
      'weak Orders.run 5',
      'weak Orders.run 5',
    ]);
  });

  it('are of the client that their instrumentation is for', () => {
    const code = withBoth(`  async run(id: string) {
    await this.redis.get(\`user:\${id}\`);
    await this.client.get(\`user:\${id}\`);
  }`);
    assert.deepEqual(placesOf(code, [nodeRedis('GET user:7'), ioredis('get user:7')]), [
      'strong Redis GET user:* 7',
      'strong Redis GET user:* 6',
    ]);
  });

  it('are likely of several calls that send the same, and where the key is not known or not recorded', () => {
    const code = withRedis(`  async run(key: string) {
    await this.redis.get(\`user:\${key}\`);
    await this.redis.get(\`user:\${key}\`);
    await this.redis.del(key);
    await this.redis.hgetall('cart');
  }`);
    const spans = [
      ioredis('get user:7'),
      ioredis('del session:1'),
      ioredis('hgetall [1 other arguments]'),
    ];
    assert.deepEqual(placesOf(code, spans), [
      'likely Redis GET user:* 5 or 6',
      'likely Redis DEL 7',
      'likely Redis HGETALL cart 8',
    ]);
  });

  it('are of what was put into a pipeline or a transaction', () => {
    const code = withBoth(`  async run(id: string) {
    await this.redis.pipeline()
      .sadd('seen', id)
      .expire('seen', 60).exec();
    await this.client.multi().hIncrBy('counts', id, 1).exec();
  }`);
    const sadd = ioredis('sadd seen [1 other arguments]');
    const queued = {
      ...sadd,
      attributes: sadd.attributes.map((one) =>
        one.key === 'db.operation.name' ? { ...one, value: 'PIPELINE sadd' } : one,
      ),
    };
    assert.deepEqual(placesOf(code, [queued, nodeRedis('HINCRBY counts 7 1', 'MULTI')]), [
      'strong Redis SADD seen 7',
      'strong Redis HINCRBY counts 9',
    ]);
  });

  it('are of the call of a cache whose store they are sent by, behind the prefix of the store', () => {
    const code = {
      imports:
        "import { Inject } from '@nestjs/common';\nimport { CACHE_MANAGER, Cache } from '@nestjs/cache-manager';",
      members: '@Inject(CACHE_MANAGER) private readonly cache: Cache',
      body: `  async run(id: string) {
    await this.cache.wrap(\`rate:\${id}\`, () => 1);
    await this.cache.del(\`cart:\${id}\`);
  }`,
    };
    const spans = [
      nodeRedis('GET keyv:rate:7'),
      nodeRedis('SET rate:7 [3 other arguments]'),
      nodeRedis('UNLINK cart:7'),
    ];
    assert.deepEqual(placesOf(code, spans), [
      'strong Cache WRAP rate:* 6',
      'strong Cache WRAP rate:* 6',
      'strong Cache DEL cart:* 7',
    ]);
  });

  it('are of the queue that is added to, whose keys they are for, and of what a Redis transport publishes', () => {
    const code = {
      imports:
        "import { Queue } from 'bullmq';\nimport { InjectQueue } from '@nestjs/bullmq';\nimport { ClientProxy } from '@nestjs/microservices';",
      members:
        "@InjectQueue('mails') private readonly mails: Queue, @InjectQueue('bills') private readonly bills: Queue, private readonly bus: ClientProxy",
      body: `  async run() {
    await this.mails.add('welcome', {});
    await this.bills.add('draft', {});
    this.bus.emit('stock.changed', {});
  }`,
    };
    const spans = [
      ioredis('evalsha d898c9a1 9 bull:bills:wait bull:bills:paused'),
      ioredis('publish stock.changed [1 other arguments]'),
    ];
    assert.deepEqual(placesOf(code, spans), [
      'strong BullMQ add bills/draft 8',
      'strong emit stock.changed 9',
    ]);
  });

  it('are never of anything for what a client does for itself, for other databases, and for other kinds', () => {
    for (const name of ['connect', 'auth hunter2', 'client SETINFO LIB-NAME ioredis', 'select 1']) {
      assert.equal(redisCommandOf(ioredis(name)), undefined);
    }
    assert.equal(redisCommandOf(nodeRedis('connect')), undefined);
    const mongo = { ...ioredis('get x'), attributes: [{ key: 'db.system', value: 'mongodb' }] };
    assert.equal(redisCommandOf(mongo), undefined);
    assert.equal(redisCommandOf({ ...ioredis('get x'), kind: 'internal' }), undefined);
  });

  it("have the key that follows the keys' number where a script is run, and keys with spaces whole", () => {
    const script = "eval if redis.call('get', KEYS[1]) == 3 then return 0 end 1 lock:7 token";
    assert.deepEqual(redisCommandOf(ioredis(script))?.keys.at(-1), 'lock:7');
    assert.deepEqual(redisCommandOf(ioredis('evalsha 4f2a 2 a b c'))?.keys, ['a']);
    assert.deepEqual(redisCommandOf(ioredis('get my key'))?.keys, ['my', 'my key']);
    assert.deepEqual(redisCommandOf(ioredis('mget [4 other arguments]'))?.keys, []);
  });
});
