import assert from 'node:assert/strict';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

import { attributeOf, type RawSpan } from '../../src/core/trace/rawSpan.ts';
import { buildOthers, spansOfOthers } from '../support/companionApp.ts';
import { freePort } from '../support/freePort.ts';
import { readMarkers } from '../support/markers.ts';
import { findRedis, startRedis } from '../support/redisServer.ts';

const markers = readMarkers('test/fixtures/companion/others', ['app.module.ts']);

describe('the companion with handlers that no HTTP request calls', function () {
  this.timeout(300_000);
  let hasRedis = false;
  let redis: ChildProcess | undefined;
  let spans: readonly RawSpan[] = [];

  before(async () => {
    hasRedis = findRedis();
    const port = hasRedis ? await freePort() : undefined;
    if (port !== undefined) redis = await startRedis(port);
    spans = await spansOfOthers(await buildOthers(), port);
  });
  after(async () => {
    if (redis === undefined) return;
    redis.kill();
    await once(redis, 'exit');
  });

  const lineOf = (name: string) => {
    const span = spans.find((one) => one.name === name);
    assert.ok(span, `a span ${name}`);
    return `app.module.ts:${String(attributeOf(span.attributes, 'code.line.number'))}`;
  };

  it('names the resolver on the span of a GraphQL operation', () => {
    assert.equal(lineOf('query Cats'), markers.get('graphql query'));
    assert.equal(lineOf('mutation Feed'), markers.get('graphql mutation'));
  });

  it('leaves a request alone that many resolvers answer', () => {
    const servers = spans.filter(({ kind }) => kind === 'server');
    assert.equal(servers.length, 2);
    for (const { attributes } of servers)
      assert.equal(attributeOf(attributes, 'code.file.path'), undefined);
  });

  it('names the processor on the span of a BullMQ job (needs redis-server)', function () {
    if (!hasRedis) this.skip();
    assert.equal(lineOf('process feeding'), markers.get('queue processor'));
  });
});
