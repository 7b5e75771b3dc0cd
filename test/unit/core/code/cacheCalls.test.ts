import assert from 'node:assert/strict';
import { indexReport } from '../../../../src/core/code/indexReport.ts';
import { indexFiles } from '../../../support/memoryWorkspace.ts';

/** `get user:* 3`: the command, its key and the line, in a file of `@Injectable()` code. */
function commandsOf(code: string, others: Readonly<Record<string, string>> = {}): string[] {
  const text = `import { Inject, Injectable } from '@nestjs/common';\n${code}`;
  const { calls } = indexReport(indexFiles({ 'a.ts': text, ...others }), '/ws');
  return calls.map(({ library, operation, target, line }) => {
    assert.equal(library, 'cache');
    return `${operation} ${target ?? '?'} ${line}`;
  });
}

const inService = (body: string, constructor = '') => `@Injectable() export class Store {
  constructor(${constructor}) {}
  ${body}
}`;

describe('Calls of caches in the code', () => {
  const cases: Readonly<Record<string, readonly [code: string, ...commands: string[]]>> = {
    'of ioredis, its key as far as the code tells': [
      `import Redis from 'ioredis';
${inService('get(id: string) { return this.redis.get(`user:${id}`); }\n drop(id: string) { return this.redis?.del([this.keyOf(id), "x"]); }\n private keyOf(id: string) { return "user:" + id; }', 'private readonly redis: Redis')}`,
      'get user:* 5',
      'del user:* 6',
    ],
    'of ioredis that is made here, with the prefix it has': [
      `import { Redis, Cluster } from 'ioredis';
const redis = new Redis(6379, 'cache.local', { keyPrefix: 'shop:' });
const cluster: Cluster = new Cluster([]);
export async function run() { await redis.hgetall('cart'); await cluster.zadd('top', 1, 'a'); await redis.getBuffer('png'); }`,
      'hgetall shop:cart 5',
      'zadd top 5',
      'getBuffer shop:png 5',
    ],
    'of a copy of a client, in a pipeline and in a transaction': [
      `import Redis from 'ioredis';
export async function run(redis: Redis) { const other = redis.duplicate(); await other.subscribe('news');
 await redis.pipeline()
  .sadd('s', 'a')
  .expire('s', 5)
  .exec(); }`,
      'subscribe news 3',
      'sadd s 5',
      'expire s 6',
      'exec ? 7',
    ],
    'of a client that NestJS modules inject': [
      `import { InjectRedis } from '@nestjs-modules/ioredis';
import { RedisService } from '@liaoliaots/nestjs-redis';
import type { Redis } from 'ioredis';
${inService('a() { return this.redis.incr("n"); }\n b() { const client = this.service.getOrThrow(); return client.smembers("s"); }', '@InjectRedis() private readonly redis: Redis, private readonly service: RedisService')}`,
      'incr n 7',
      'smembers s 8',
    ],
    'of node-redis, in each of its spellings': [
      `import { createClient, type RedisClientType } from 'redis';
const client = createClient({ url: 'redis://x' });
export async function run(other: RedisClientType) { await client.connect(); await client.hGetAll('a'); await other.SET('b', '1');
 await client.sendCommand(['GETEX', 'c']); await client.json.get('d'); client.on('error', () => {}); }`,
      'hGetAll a 4',
      'SET b 4',
      'GETEX c 5',
      'get d 5',
    ],
    'of cache-manager as NestJS injects it, typed or not': [
      `import { CACHE_MANAGER, Cache } from '@nestjs/cache-manager';
import type { Cache as Typed } from 'cache-manager';
${inService('a(id) { return this.cache.wrap(`rate:${id}`, () => 1); }\n b() { return this.typed.store.keys("rate:*"); }\n c() { return this.open.set("x", 1); }', '@Inject(CACHE_MANAGER) private readonly cache: Cache, private readonly typed: Typed, @Inject(CACHE_MANAGER) private readonly open')}`,
      'wrap rate:* 6',
      'keys rate:* 7',
      'set x 8',
    ],
    "that need a number of keys first, and none of a key that isn't there": [
      `import Redis from 'ioredis';
export const run = async (redis: Redis) => { await redis.eval('return 1', 1, 'lock'); await redis.call('JSON.GET', 'doc'); await redis.ping(); await redis.info(); };`,
      'eval lock 3',
      'JSON.GET doc 3',
      'ping ? 3',
      'info ? 3',
    ],
    "not of Maps, of other packages, of the team's own, nor what asks for nothing": [
      `import Redis from 'ioredis';
import { Redis as Other } from '@upstash/redis';
${inService('run(redis: Redis) { this.map.get("a"); this.other.get("b"); this.own.get("c"); redis.on("end", () => {}); redis.disconnect(); }', 'private map: Map<string, string>, private other: Other, private own: Own')}
@Injectable() class Own { get(key: string) { return key; } }`,
    ],
  };
  for (const [name, [code, ...expected]] of Object.entries(cases)) {
    it(`are those ${name}`, () => {
      assert.deepEqual(commandsOf(code), expected);
    });
  }

  it('are told where a module provides the client for a token, and only its factory says what it is', () => {
    const code = inService(
      'run() { return this.redis.lpush("jobs", "1"); }',
      "@Inject('REDIS') private readonly redis",
    );
    const provider = `import { createClient } from 'redis';
export const provider = { provide: 'REDIS', useFactory: async () => { const client = createClient(); await client.connect(); return client; } };`;
    assert.deepEqual(commandsOf(code, { 'redis.ts': provider }), ['lpush jobs 4']);
  });

  it("are at the client's call within a class of the team, and not where that is called", () => {
    const code = `import { CacheStore } from './store';
${inService('run() { return this.store.get("a"); }', 'private readonly store: CacheStore')}`;
    const store = `import Redis from 'ioredis';
export class CacheStore extends Redis { one(id: string) { return this.get('one:' + id); } override async get(key: string) { return super.get(key); } }`;
    const { calls } = indexReport(indexFiles({ 'a.ts': code, 'store.ts': store }), '/ws');
    assert.deepEqual(
      calls.map(({ file, line, enclosing }) => `${file} ${line} ${enclosing}`),
      ['store.ts 2 CacheStore.get'],
    );
  });
});
