import assert from 'node:assert/strict';
import { rowsAt } from '../../../src/engine/rowsAt.ts';
import { makeIndex } from '../../support/codeIndex.ts';
import { mapSpans } from '../../support/mapTrace.ts';
import { nestLayers, prismaOperation } from '../../support/prismaSpans.ts';
import { makeSpan } from '../../support/span.ts';

const path = '/shop/shop-api/src/a.ts';
const code = makeIndex({
  '/shop/shop-api': {
    services: ['shop-api'],
    files: {
      'src/a.ts': {
        Orders: { remove: { at: 5, route: 'DELETE /orders/:id', calls: ['Service.remove'] } },
        Service: {
          remove: { at: 15, calls: ['Store.find', 'Tax.rate', 'Mail.send'] },
          nightly: { at: 25, calls: ['Store.find'] },
        },
        Store: { find: { at: 35, prisma: ['Order.findMany@36'] } },
        Tax: { rate: { at: 45, http: ['GET https://tax/rates@46'] } },
        Mail: { send: { at: 55, packages: true } },
        Other: { unrelated: { at: 65, prisma: ['Item.findMany@66'] } },
      },
    },
  },
});

const spans = [
  ...nestLayers('Orders', 'remove'),
  prismaOperation('find', 'handler', 10, 'Order.findMany'),
  makeSpan({
    id: 'rate',
    parent: 'handler',
    start: 20,
    kind: 'client',
    attributes: { 'http.request.method': 'GET', 'url.full': 'https://tax/rates' },
  }),
  makeSpan({ id: 'mail', parent: 'handler', start: 30, kind: 'client' }),
  prismaOperation('item', 'handler', 40, 'Item.findMany'),
];

function selected(line: number): { spans: readonly string[]; symbol: string } {
  const mapped = mapSpans(spans, code);
  const { rows, symbol } = rowsAt(mapped, code, path, line);
  return { spans: rows.map((row) => mapped.trace.spans[row]!.spanId), symbol };
}

describe('the spans of a method', () => {
  it('are those of the calls in it and below it', () => {
    assert.deepEqual(selected(16), { spans: ['find', 'rate', 'mail'], symbol: 'Service.remove' });
    assert.deepEqual(selected(46), { spans: ['rate'], symbol: 'Tax.rate' });
    assert.deepEqual(selected(55), { spans: ['mail'], symbol: 'Mail.send' });
  });

  it('are none where only a method that this request does not run calls them', () => {
    assert.deepEqual(selected(26), { spans: [], symbol: 'Service.nightly' });
  });

  it('of a handler are its own alone', () => {
    assert.deepEqual(selected(6), { spans: ['request', 'handler'], symbol: 'Orders.remove' });
  });

  it('are those of the very line outside methods', () => {
    assert.deepEqual(selected(200), { spans: [], symbol: '' });
  });
});
