import assert from 'node:assert/strict';
import { spanLabel } from '../../../../src/core/trace/spanLabel.ts';
import { makeSpan } from '../../../support/span.ts';

const prisma = (attributes: Record<string, string>) =>
  spanLabel(makeSpan({ id: 'a', name: 'prisma:client:operation', attributes }));
const query = (attributes: Record<string, string>) =>
  spanLabel(makeSpan({ id: 'a', name: 'prisma:client:db_query', kind: 'client', attributes }));
const outgoing = (attributes: Record<string, string>) =>
  spanLabel(makeSpan({ id: 'a', name: 'POST', kind: 'client', attributes }));

describe('the label of a row', () => {
  it('names the model and method of a Prisma operation as the code writes them', () => {
    assert.equal(prisma({ model: 'OrderItem', method: 'delete' }), 'prisma orderItem.delete');
    assert.equal(prisma({ method: 'queryRaw', name: 'queryRaw' }), 'prisma $queryRaw');
    assert.equal(prisma({ method: '$executeRaw' }), 'prisma $executeRaw');
  });

  it('names what a query of Prisma does, to which table', () => {
    const statements = {
      'SELECT `main`.`Order`.`id` FROM `main`.`Order` WHERE 1=1 LIMIT ?': 'SELECT Order',
      'SELECT "public"."User"."id" FROM "public"."User" WHERE "x" = $1': 'SELECT User',
      'SELECT [dbo].[User].[id] FROM [dbo].[User]': 'SELECT User',
      'INSERT INTO `main`.`OrderEvent` (`id`) VALUES (?) RETURNING `id`': 'INSERT OrderEvent',
      'UPDATE "orders" SET "paid" = $1': 'UPDATE orders',
      'DELETE FROM `main`.`OrderItem` WHERE 1=1': 'DELETE OrderItem',
      COMMIT: 'COMMIT',
      'begin immediate': 'BEGIN',
      '-- Implicit "COMMIT" query via underlying driver': 'COMMIT',
      '\n  SELECT count(*) FROM\n  orders o': 'SELECT orders',
    };
    for (const [text, label] of Object.entries(statements)) {
      assert.equal(query({ 'db.query.text': text }), `db_query ${label}`);
      assert.equal(query({ 'db.statement': text }), `db_query ${label}`);
    }
    assert.equal(query({}), 'prisma:client:db_query');
    assert.equal(query({ 'db.query.text': '<b>' }), 'prisma:client:db_query');
  });

  it('names where an outgoing request went, without its query or credentials', () => {
    assert.equal(
      outgoing({ 'url.full': 'http://user:secret@prices:3001/quotes?key=1#top' }),
      'POST prices:3001/quotes',
    );
    assert.equal(outgoing({ 'http.url': 'https://prices/quotes' }), 'POST prices/quotes');
  });

  it('is the name of the span where that already tells, or nothing better is known', () => {
    assert.equal(prisma({}), 'prisma:client:operation');
    assert.equal(outgoing({}), 'POST');
    assert.equal(outgoing({ 'url.full': 'not a url' }), 'POST');
    assert.equal(spanLabel(makeSpan({ id: 'a', name: 'GET', kind: 'server' })), 'GET');
    assert.equal(
      spanLabel(makeSpan({ id: 'a', name: 'send orders', kind: 'client' })),
      'send orders',
    );
  });
});
