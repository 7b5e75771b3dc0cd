import assert from 'node:assert/strict';

import { costKindAt } from '../../../../src/core/explain/costKind.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

/** Of the last of spans that are below one another. */
const kindOf = (...sketches: readonly Omit<SpanSketch, 'id'>[]) => {
  const spans = sketches.map((sketch, at) =>
    makeSpan({ id: String(at + 1), parent: at === 0 ? undefined : String(at), ...sketch }),
  );
  return costKindAt(spans.length - 1, buildTrace(spans).trace);
};

describe('what a span spends its time on', () => {
  it('is told by what it calls, in stable and older conventions', () => {
    const client = { kind: 'client' } as const;
    assert.equal(kindOf({ ...client, attributes: { 'db.system.name': 'postgresql' } }), 'database');
    assert.equal(kindOf({ ...client, attributes: { 'db.system': 'redis' } }), 'cache');
    assert.equal(kindOf({ ...client, attributes: { 'http.request.method': 'GET' } }), 'http');
    assert.equal(kindOf({ ...client, attributes: { 'messaging.system': 'kafka' } }), 'messages');
    assert.equal(kindOf({ kind: 'producer' }), 'messages');
  });

  it('is the database for all of Prisma, and waiting for a connection where that is what it does', () => {
    assert.equal(kindOf({ name: 'prisma:client:serialize' }), 'database');
    assert.equal(kindOf({ name: 'prisma:engine:connection' }), 'waiting');
    assert.equal(kindOf({ name: 'pg-pool.connect', kind: 'client' }), 'waiting');
  });

  it("is waiting where Node's sockets connect, not where a route is named so, whatever the name's length", () => {
    assert.equal(kindOf({ kind: 'client', name: 'GET' }, { name: 'tcp.connect' }), 'waiting');
    assert.equal(kindOf({ name: 'dns.lookup' }), 'waiting');
    assert.equal(kindOf({ kind: 'server', name: 'POST /pool/:id/connect' }), 'code');
    assert.equal(kindOf({ name: 'pool '.repeat(100_000) }), 'code');
  });

  it('is the code where nothing outside is called', () => {
    assert.equal(kindOf({ name: 'AuthGuard' }), 'code');
    assert.equal(kindOf({ kind: 'server' }), 'code');
    assert.equal(kindOf({ kind: 'consumer' }), 'code');
  });

  it('is messages for what a client does to send one, not for what another service does with it', () => {
    const producer = { kind: 'producer', name: 'bills send' } as const;
    const post = { kind: 'client', name: 'POST' } as const;
    const redis = { ...post, attributes: { 'db.system.name': 'redis' } };
    assert.equal(kindOf(producer, post), 'messages');
    assert.equal(kindOf(producer, redis), 'messages');
    assert.equal(kindOf(producer, { ...post, service: 'other' }), 'http');
    assert.equal(kindOf({ kind: 'server' }, post), 'http');
  });
});
