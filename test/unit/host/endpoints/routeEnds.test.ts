import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sharedPrefix, shortTitles } from '../../../../src/host/endpoints/routeEnds.ts';

const shortOf = (titles: readonly string[], prefix: string) =>
  shortTitles(titles, prefix).map(({ text }) => text);

const shop = [
  'GET /api/v1/orders',
  'GET /api/v1/orders/:id',
  'DELETE /api/v1/orders/:id',
  'GET /api/v1/customers/:id/summary',
  'GET /health',
  'queue mail/send',
];

describe('the start that routes of a service share', () => {
  it('is of whole words, and said of most of them', () => {
    assert.equal(sharedPrefix(shop), '/api/v1');
    assert.deepEqual(shortOf(shop, '/api/v1'), [
      'GET …/orders',
      'GET …/orders/:id',
      'DELETE …/orders/:id',
      'GET …/:id/summary',
      'GET /health',
      'queue mail/send',
    ]);
  });

  it('is none of a few rows, or where less than three quarters share it', () => {
    assert.equal(sharedPrefix(shop.slice(0, 2)), '');
    assert.equal(sharedPrefix(['GET /api/a', 'GET /api/b', 'GET /api/c', 'GET /x', 'GET /y']), '');
    assert.deepEqual(shortOf(['GET /api/v1/orders'], ''), ['GET /api/v1/orders']);
  });

  it('leaves the word that tells rows apart, and never begins the rest with a parameter', () => {
    const titles = [
      'GET /orders',
      'GET /orders/:id',
      'POST /orders/:id/items',
      'GET /orders/:id/x',
    ];
    assert.equal(sharedPrefix(titles), '');
    assert.deepEqual(shortOf(['GET /api/:id'], '/api'), ['GET /api/:id']);
  });

  it('is not the half of a word', () => {
    const titles = ['GET /api/v1/a', 'GET /api/v10/b', 'GET /api/v11/c', 'GET /apis/d'];
    assert.equal(sharedPrefix(titles), '/api');
    assert.deepEqual(shortOf(['GET /apis/d'], '/api'), ['GET /apis/d']);
  });
});

describe('a route too long for the side bar', () => {
  it('keeps its end, as much of it as there is room for, and says the rest behind', () => {
    const titles = ['POST /api/v1/carts/:id/checkout', 'GET /api/v1/orders/:id'];
    assert.deepEqual(shortTitles(titles, '/api/v1'), [
      { text: 'POST …/:id/checkout', rest: '…/carts/:id/checkout' },
      { text: 'GET …/orders/:id', rest: '' },
    ]);
  });

  it('keeps what tells it from others', () => {
    const titles = [
      'GET /warehouses/:id/items',
      'GET /customers/:id/items',
      'PUT /customers/:id/items',
    ];
    assert.deepEqual(shortOf(titles, ''), [
      'GET /warehouses/:id/items',
      'GET /customers/:id/items',
      'PUT …/:id/items',
    ]);
  });

  it('always ends as the whole one, with its last word, and two never look alike', () => {
    const part = fc.constantFrom('orders', 'items', ':id', ':productId', 'recommendations', 'v1');
    const title = fc
      .tuple(fc.constantFrom('GET', 'DELETE'), fc.array(part, { minLength: 1, maxLength: 6 }))
      .map(([verb, parts]) => `${verb} /${parts.join('/')}`);
    fc.assert(
      fc.property(fc.uniqueArray(title), (titles) => {
        const short = shortOf(titles, sharedPrefix(titles));
        assert.equal(new Set(short).size, titles.length);
        for (const [at, text] of short.entries()) {
          const [verb = '', end = ''] = text.split(' ');
          const whole = titles[at] ?? '';
          assert.ok(whole.startsWith(`${verb} `) && whole.endsWith(end.replace('…', '')));
          const lastWord = whole
            .split('/')
            .findLast((one) => !one.startsWith(':') && !one.includes(' '));
          if (lastWord !== undefined) assert.ok(end.includes(`/${lastWord}`), text);
        }
      }),
    );
  });
});
