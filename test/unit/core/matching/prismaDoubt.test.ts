import assert from 'node:assert/strict';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { makeIndex } from '../../../support/codeIndex.ts';
import { mapped } from '../../../support/handMadeShop.ts';
import { noSourceMaps } from '../../../support/mapTrace.ts';
import { nestLayers, prismaOperation as operation } from '../../../support/prismaSpans.ts';
import { makeSpan } from '../../../support/span.ts';

/** One handler, `OrdersController.get`, with its calls; `Other.run` isn't reached. */
const index = (prisma: readonly string[], other: readonly string[] = [], open?: true) =>
  makeIndex({
    '/shop/shop-api': {
      services: ['shop-api'],
      files: {
        'src/orders.ts': {
          OrdersController: {
            get: { at: 5, route: 'GET /orders', calls: ['Orders.get'] },
          },
          Orders: { get: { at: 10, to: 30, prisma, ...(open && { open }) } },
          Other: { run: { at: 40, to: 60, prisma: other } },
        },
      },
    },
  });

const transaction = makeSpan({
  id: 'tx',
  parent: 'handler',
  start: 20,
  duration: 50,
  name: 'prisma:client:transaction',
});

const places = (code: ReturnType<typeof index>, spans: readonly RawSpan[]) =>
  mapped([...nestLayers('OrdersController', 'get'), ...spans], noSourceMaps, code)
    .slice(2)
    .filter((text) => !text.includes('$transaction'));

const one = (name: string) => [operation('op', 'handler', 10, name)];

describe('Prisma spans of which the code leaves a doubt', () => {
  it('in and beside a transaction are told apart by it', () => {
    const code = index([
      'User.findUnique@12 awaited',
      'transaction@14 awaited',
      'User.findUnique@15 tx awaited',
    ]);
    const spans = [
      operation('before', 'handler', 10, 'User.findUnique'),
      transaction,
      operation('inside', 'tx', 30, 'User.findUnique'),
    ];
    assert.deepEqual(places(code, spans), [
      'strong user.findUnique in Orders.get 12',
      'strong user.findUnique in Orders.get 15',
    ]);
  });

  it('beside a transaction are likely where the trace shows none', () => {
    const code = index(['User.findUnique@12 awaited', 'User.findUnique@15 tx awaited']);
    assert.deepEqual(places(code, one('User.findUnique')), [
      'likely user.findUnique in Orders.get 12',
    ]);
  });

  it('in a transaction may be of a call beside it that something else awaits', () => {
    const code = index(['transaction@14', 'User.update@12', 'User.update@15 tx']);
    const spans = [transaction, operation('a', 'tx', 30, 'User.update')];
    assert.deepEqual(places(code, spans), ['weak user.update in Orders.get 12 +1']);
  });

  it('inside another call are of an extension, not of the handler', () => {
    const code = index(['User.delete@12', 'User.update@13'], ['User.update@45']);
    const spans = [
      operation('delete', 'handler', 10, 'User.delete', 30),
      operation('update', 'delete', 12, 'User.update'),
    ];
    assert.deepEqual(places(code, spans), [
      'strong user.delete in Orders.get 12',
      'weak user.update in Orders.get 13 +1',
    ]);
  });

  it('may be of calls whose model only the running program knows', () => {
    const both = index(['User.findMany@12', '?.findMany@13']);
    assert.deepEqual(places(both, one('User.findMany')), [
      'weak user.findMany in Orders.get 12 +1',
    ]);
    assert.deepEqual(places(index(['?.findMany@13']), one('User.findMany')), [
      'likely [model].findMany in Orders.get 13',
    ]);
  });

  it('are of a call of several models if theirs is one of them', () => {
    const code = index(['?User|Order.findMany@12', 'Item.findMany@13']);
    assert.deepEqual(places(code, one('User.findMany')), [
      'strong [model].findMany in Orders.get 12',
    ]);
    assert.deepEqual(places(code, one('Item.findMany')), ['strong item.findMany in Orders.get 13']);
  });

  it('are likely where the handler also runs unknown code and there are other calls of the kind', () => {
    const alone = index(['User.count@12'], [], true);
    assert.deepEqual(places(alone, one('User.count')), ['strong user.count in Orders.get 12']);
    const others = index(['User.count@12'], ['User.count@45'], true);
    assert.deepEqual(places(others, one('User.count')), ['likely user.count in Orders.get 12']);
  });

  it('that begin in one millisecond are in order only where one method awaits them', () => {
    const both = [
      operation('a', 'handler', 10, 'User.count'),
      operation('b', 'handler', 10, 'User.count'),
    ];
    const inOne = index(['User.count@12 awaited', 'User.count@13 awaited']);
    assert.deepEqual(
      places(inOne, both).map((text) => text.split(' ')[0]),
      ['likely', 'likely'],
    );
    const atOnce = index(['User.count@12', 'User.count@13']);
    assert.deepEqual(
      places(atOnce, both).map((text) => text.split(' ')[0]),
      ['weak', 'weak'],
    );
  });
});
