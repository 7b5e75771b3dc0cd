import assert from 'node:assert/strict';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { makeIndex } from '../../../support/codeIndex.ts';
import { mapped } from '../../../support/handMadeShop.ts';
import { noSourceMaps } from '../../../support/mapTrace.ts';
import { nestLayers, prismaOperation as operation } from '../../../support/prismaSpans.ts';
import { makeSpan } from '../../../support/span.ts';

describe('Prisma spans', () => {
  const calls = (callback: string, names: readonly string[], parent = 'handler') =>
    mapped([
      ...nestLayers('OrdersController', callback),
      ...names.map((name, at) => operation(`op${at}`, parent, 10 * (at + 1), name)),
    ]).slice(2);

  it('are strong where the handler reaches one call, even if a guard has one too', () => {
    assert.deepEqual(calls('list', ['Order.findMany']), [
      'strong order.findMany in OrdersService.list 11',
    ]);
  });

  it('outside the handler are likely those of a guard or interceptor', () => {
    assert.deepEqual(calls('list', ['Order.findMany'], 'request'), [
      'likely order.findMany in AuthGuard.canActivate 6',
    ]);
  });

  it('are told apart by order where several fit', () => {
    assert.deepEqual(calls('findOne', ['Order.findUnique', 'Order.findUnique']), [
      'likely order.findUnique in OrdersService.pair 21 +1',
      'likely order.findUnique in OrdersService.pair 22 +1',
    ]);
  });

  it('are weak where their number does not fit the calls', () => {
    assert.deepEqual(calls('findOne', ['Order.findUnique']), [
      'weak order.findUnique in OrdersService.pair 21 +1',
    ]);
  });

  it('between a first and a last call are those of the loop', () => {
    const names = Array.from({ length: 5 }, () => 'Item.delete');
    assert.deepEqual(
      calls('remove', names).map((text) => text.split(' ').at(-2)),
      ['33', '35', '35', '35', '38'],
    );
  });

  it('are matched for raw calls by any of their spellings', () => {
    assert.deepEqual(calls('list', ['queryRaw']), [
      'likely $queryRawUnsafe in AuthGuard.canActivate 7',
    ]);
  });

  it('without a call in the workspace say so', () => {
    assert.deepEqual(calls('list', ['Ghost.findMany']), [
      'unmapped: No Ghost.findMany call found in the workspace.',
    ]);
  });

  it('share their place with what is below them, and so do the database client’s', () => {
    const spans = [
      ...nestLayers('OrdersController', 'list'),
      operation('op', 'handler', 10, 'Order.findMany'),
      makeSpan({
        id: 'query',
        parent: 'op',
        start: 11,
        duration: 3,
        name: 'prisma:client:db_query',
      }),
      makeSpan({
        id: 'pg',
        parent: 'query',
        start: 12,
        kind: 'client',
        name: 'pg.query:SELECT shop',
        attributes: { 'db.system': 'postgresql' },
      }),
    ];
    const place = 'strong order.findMany in OrdersService.list 11';
    assert.deepEqual(mapped(spans).slice(2), [place, place, place]);
  });

  it('share their place with the engine’s spans of Prisma 5 and 6', () => {
    const names = ['prisma:engine', 'prisma:engine:connection', 'prisma:engine:db_query'];
    const spans = [
      ...nestLayers('OrdersController', 'list'),
      operation('op', 'handler', 10, 'Order.findMany'),
      ...names.map((name, at) =>
        makeSpan({ id: name, parent: at === 0 ? 'op' : names[0]!, start: 11 + at, name }),
      ),
    ];
    const place = 'strong order.findMany in OrdersService.list 11';
    assert.deepEqual(mapped(spans).slice(2), [place, place, place, place]);
  });

  it('after the handler returned are likely its own, where no other code has the call', () => {
    assert.deepEqual(calls('findOne', ['Order.findUnique', 'Order.findUnique'], 'request'), [
      'likely order.findUnique in OrdersService.pair 21 +1',
      'likely order.findUnique in OrdersService.pair 22 +1',
    ]);
  });

  it('of several transactions are told apart by what ran inside', () => {
    const code = makeIndex({
      '/shop/shop-api': {
        services: ['shop-api'],
        files: {
          'src/orders.ts': {
            OrdersController: {
              remove: { at: 5, route: 'DELETE /orders/:id', calls: ['Items.remove', 'Stock.add'] },
            },
            Items: { remove: { at: 20, prisma: ['transaction@21', 'Item.delete@22'] } },
            Stock: {
              add: {
                at: 30,
                to: 50,
                prisma: ['transaction@31', 'Stock.update@32', 'transaction@41', 'Stock.create@42'],
              },
            },
          },
        },
      },
    });
    const transaction = (id: string, start: number, inside: string): readonly RawSpan[] => [
      makeSpan({ id, parent: 'handler', start, duration: 9, name: 'prisma:client:transaction' }),
      operation(`${id}-inside`, id, start + 1, inside),
    ];
    const spans = [
      ...nestLayers('OrdersController', 'remove'),
      ...transaction('a', 10, 'Stock.create'),
      ...transaction('b', 20, 'Item.delete'),
      ...transaction('c', 30, 'Stock.update'),
    ];
    const found = mapped(spans, noSourceMaps, code).filter((text) => text.includes('$transaction'));
    assert.deepEqual(found, [
      'strong $transaction in Stock.add 41',
      'strong $transaction in Items.remove 21',
      'strong $transaction in Stock.add 31',
    ]);
  });

  it('are never surer than the handler above them', () => {
    const spans = [
      makeSpan({
        id: 'a',
        kind: 'server',
        duration: 90,
        attributes: { 'http.method': 'GET', 'http.target': '/api/orders' },
      }),
      operation('op', 'a', 10, 'Order.findMany'),
    ];
    assert.deepEqual(mapped(spans), [
      'likely OrdersController.list 10',
      'likely order.findMany in OrdersService.list 11',
    ]);
  });

  it('of another service are not those of the caller', () => {
    const spans = [
      ...nestLayers('OrdersController', 'list'),
      makeSpan({ id: 'call', parent: 'handler', start: 5, duration: 50, kind: 'client' }),
      makeSpan({
        id: 'far',
        parent: 'call',
        start: 6,
        duration: 40,
        kind: 'server',
        service: 'pricing-api',
      }),
      {
        ...operation('op', 'far', 7, 'Order.findMany'),
        resource: { service: 'pricing-api', attributes: [] },
      },
    ];
    assert.match(mapped(spans).at(-1)!, /^weak order.findMany/);
  });
});
