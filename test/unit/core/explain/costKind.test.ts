import assert from 'node:assert/strict';

import { costKindOf } from '../../../../src/core/explain/costKind.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

const kindOf = (sketch: Omit<SpanSketch, 'id'>) => costKindOf(makeSpan({ id: '1', ...sketch }));

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

  it('is the code where nothing outside is called', () => {
    assert.equal(kindOf({ name: 'AuthGuard' }), 'code');
    assert.equal(kindOf({ kind: 'server' }), 'code');
    assert.equal(kindOf({ kind: 'consumer' }), 'code');
  });
});
