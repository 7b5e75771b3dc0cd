import assert from 'node:assert/strict';
import {
  compareSpecificity,
  fitsRoute,
  parseRoute,
} from '../../../../../src/core/correlate/ladder/routePattern.ts';

describe('fitsRoute', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['/', '/', true],
    ['/', '/orders', false],
    ['/orders', '/orders/', true],
    ['/orders', '/orders?page=2', true],
    ['/orders', '/orders/7', false],
    ['/orders/:id', '/orders/7', true],
    ['/orders/:id', '/orders', false],
    ['/orders/:id?', '/orders', true],
    ['/orders{/:id}', '/orders', true],
    ['/orders{/:id}', '/orders/7', true],
    ['/orders/:id(\\d+)', '/orders/7', true],
    ['/files/*', '/files/a/b', true],
    ['/files/*path', '/files/a/b', true],
    ['/files/{*path}', '/files', true],
    ['/files/(.*)', '/files/a/b', true],
    ['/orders/:id/items', '/orders/7/items', true],
    ['/orders/:id/items', '/orders/7/notes', false],
  ];
  for (const [route, path, fits] of cases) {
    it(`${fits ? 'fits' : 'does not fit'} ${path} to ${route}`, () => {
      assert.equal(fitsRoute(path, parseRoute(route)), fits);
    });
  }
});

it('words are more specific than parameters, parameters than the rest', () => {
  const routes = ['/{*rest}', '/:a/:b', '/orders/:id', '/orders', '/orders/mine'].map(parseRoute);
  const sorted = routes.toSorted(compareSpecificity);
  const order = ['/orders/mine', '/orders/:id', '/orders', '/:a/:b', '/{*rest}'].map(parseRoute);
  assert.deepEqual(sorted, order);
});
