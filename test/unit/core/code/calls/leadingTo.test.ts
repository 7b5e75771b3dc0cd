import assert from 'node:assert/strict';
import { methodsBelow, methodsLeadingTo } from '../../../../../src/core/code/calls/leadingTo.ts';
import { makeIndex } from '../../../../support/codeIndex.ts';

const index = makeIndex({
  '/shop': {
    files: {
      'a.ts': {
        Orders: {
          remove: {
            at: 5,
            route: 'DELETE /orders',
            calls: ['Service.remove'],
            after: ['Guard.can'],
          },
          list: { at: 15, route: 'GET /orders', calls: ['Service.list'] },
        },
        Service: {
          remove: { at: 25, calls: ['Store.find', 'Service.remove'] },
          list: { at: 35, calls: ['Store.find'] },
          nightly: { at: 45, calls: ['Store.purge'] },
        },
        Store: { find: { at: 55 }, purge: { at: 65 } },
        Guard: { can: { at: 75 } },
      },
    },
  },
});

const names = (ids: ReadonlySet<string>) => [...ids].map((id) => id.split('#')[1]).sort();
const leading = (name: string) => names(methodsLeadingTo(`/shop/a.ts#${name}`, index));

describe('methods on the way from handlers', () => {
  it('are a method, its callers and theirs, back to every handler', () => {
    assert.deepEqual(leading('Store.find'), [
      'Orders.list',
      'Orders.remove',
      'Service.list',
      'Service.remove',
      'Store.find',
    ]);
    assert.deepEqual(leading('Service.remove'), ['Orders.remove', 'Service.remove']);
    assert.deepEqual(leading('Orders.list'), ['Orders.list']);
  });

  it('lead from a handler to the guards that run with it', () => {
    assert.deepEqual(leading('Guard.can'), ['Guard.can', 'Orders.remove']);
  });

  it('are none of what no handler leads to, and of a method that is gone', () => {
    assert.deepEqual(leading('Store.purge'), []);
    assert.deepEqual(leading('Service.nightly'), []);
    assert.deepEqual(leading('Gone.away'), []);
  });

  it('lead down to all that a method calls', () => {
    assert.deepEqual(names(methodsBelow('/shop/a.ts#Service.nightly', index)), [
      'Service.nightly',
      'Store.purge',
    ]);
  });
});
