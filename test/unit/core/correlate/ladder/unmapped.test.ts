import assert from 'node:assert/strict';
import { makeIndex } from '../../../../support/codeIndex.ts';
import { mapped, one } from '../../../../support/handMadeShop.ts';
import { noSourceMaps } from '../../../../support/mapTrace.ts';
import { makeSpan } from '../../../../support/span.ts';

describe('everything else', () => {
  it('is weak by a name of class and method, and says so', () => {
    assert.equal(one({ name: 'OrdersService.list' }), 'weak OrdersService.list 10');
  });

  it('names the request an outgoing call was made for', () => {
    const spans = [
      makeSpan({
        id: 'a',
        kind: 'server',
        duration: 90,
        attributes: { 'http.request.method': 'GET', 'http.route': '/api/orders' },
      }),
      makeSpan({ id: 'b', parent: 'a', start: 1, kind: 'client', name: 'GET' }),
    ];
    assert.equal(
      mapped(spans)[1],
      'unmapped: An outgoing call below OrdersController.list; the span does not say from which line.',
    );
  });

  it('is unmapped with an empty index', () => {
    const empty = makeIndex({});
    const attributes = { 'http.request.method': 'GET', 'http.route': '/api/orders' };
    assert.match(one({ kind: 'server', attributes }, noSourceMaps, empty), /^unmapped/);
  });
});
