import assert from 'node:assert/strict';
import type { GraphqlHandler } from '../../../../src/core/code/model.ts';
import type { OperationKey } from '../../../../src/core/matching/operations/operationKinds.ts';
import {
  operationSeen,
  resolveServiceFolders,
  routeShares,
} from '../../../../src/core/matching/serviceFolders.ts';
import { makeIndex } from '../../../support/codeIndex.ts';
import { makeSpan } from '../../../support/span.ts';
import { nestKey, routeKey } from '../../../support/operationKeys.ts';

const index = makeIndex({
  '/shop/shop-api': {
    name: '@acme/shop-api',
    services: ['orders'],
    files: {
      'src/orders.controller.ts': {
        OrdersController: {
          list: { at: 3, route: 'GET /orders' },
          create: { at: 6, route: 'POST /orders' },
        },
      },
      'src/health.ts': { HealthController: { check: { at: 2, route: 'GET /health' } } },
    },
  },
  '/shop/pricing': {
    files: {
      'src/health.ts': { HealthController: { check: { at: 2, route: 'GET /health' } } },
    },
  },
});

function resolve(
  service: string,
  keys: readonly OperationKey[] = [],
  user: Readonly<Record<string, string>> = {},
) {
  const found = resolveServiceFolders([service], index.projects, user, routeShares(keys, index));
  const { project, evidence } = found.get(service)!;
  return `${project?.root ?? '-'}: ${evidence}`;
}

describe('resolveServiceFolders', () => {
  it('believes the user first', () => {
    const user = { orders: '/shop/pricing/' };
    assert.equal(resolve('orders', [], user), '/shop/pricing: Set in spanhop.services.');
  });

  it("says when the user's folder is none", () => {
    assert.match(resolve('orders', [], { orders: '/gone' }), /^-: \/gone, set in spanhop.services/);
  });

  it('believes what the files of a folder say', () => {
    assert.equal(resolve('orders'), '/shop/shop-api: Set in /shop/shop-api/.env.');
  });

  it('believes the name of the package, with or without its scope', () => {
    const text = '/shop/shop-api: Package name: @acme/shop-api.';
    assert.equal(resolve('shop-api'), text);
    assert.equal(resolve('@acme/shop-api'), text);
  });

  it('counts the operations a folder has code for', () => {
    const keys = [routeKey('backend', 'GET', '/orders'), routeKey('backend', 'POST', '/orders')];
    const text = '/shop/shop-api: 2 of 2 operations found in its code.';
    assert.equal(resolve('backend', keys), text);
  });

  it('counts what GraphQL operations ask for, and not the fields that need no code', () => {
    const resolver = (parent: string, name: string): GraphqlHandler => ({
      ...index.handlers[0]!,
      kind: 'graphql',
      operation: 'query',
      parent,
      name,
    });
    const handlers = [resolver('Query', 'orders'), resolver('Mutation', 'createOrder')];
    const asks = (parent: string, field: string): OperationKey => ({
      kind: 'graphql',
      service: 'backend',
      name: '',
      parent,
      fields: [field],
    });
    const keys = [
      asks('Query', 'orders'),
      asks('Mutation', 'createOrder'),
      ...['id', 'total', 'at', 'state'].map((field) => asks('Order', field)),
    ];
    const shares = routeShares(keys, { ...index, handlers }).get('backend')!;
    assert.deepEqual(
      shares.map(({ project, matched, total }) => [project.root, matched, total]),
      [
        ['/shop/shop-api', 2, 2],
        ['/shop/pricing', 0, 2],
      ],
    );
  });

  it('takes a request of which only the path is known for the route that fits', () => {
    const asked = (path: string) => {
      const key = operationSeen(
        makeSpan({
          id: 'a',
          kind: 'server',
          attributes: { 'http.request.method': 'GET', 'url.path': path },
        }),
        index,
      );
      return key?.kind === 'http' ? key.route : undefined;
    };
    assert.equal(asked('/orders?open=1'), '/orders');
    assert.equal(asked('/static/app.js'), '/static/*');
    assert.equal(asked('/static/app.css'), '/static/*');
  });

  it('takes the two spans of one request for one operation', () => {
    const keys = [
      routeKey('backend', 'GET', '/health'),
      nestKey('backend', 'GET', '/health', 'HealthController', 'check'),
    ];
    const one = makeIndex({
      '/shop/api': {
        files: { 'a.ts': { HealthController: { check: { at: 2, route: 'GET /health' } } } },
      },
    });
    const [share] = routeShares(keys, one).get('backend')!;
    assert.deepEqual([share!.matched, share!.total], [1, 1]);
  });

  it('does not take a single route, or a health check, for proof', () => {
    assert.match(resolve('backend', [routeKey('backend', 'GET', '/health')]), /^-: No folder/);
  });

  it('does not take a folder that has few of the routes', () => {
    const keys = ['/orders', '/a', '/b', '/c', '/d'].map((route) =>
      routeKey('backend', 'GET', route),
    );
    assert.match(
      resolve('backend', [...keys, routeKey('backend', 'POST', '/orders')]),
      /^-: No folder/,
    );
  });

  it('decides for none where two folders say the same', () => {
    const two = makeIndex({
      '/a/shop': { services: ['x'], files: {} },
      '/b/shop': { services: ['x'], files: {} },
    });
    for (const service of ['x', 'shop']) {
      const found = resolveServiceFolders([service], two.projects, {}, new Map()).get(service)!;
      assert.equal(found.project, undefined);
      assert.match(found.evidence, /\/a\/shop, \/b\/shop/);
    }
  });

  it('is not misled by names of the language', () => {
    assert.match(resolve('constructor'), /^-/);
    assert.match(resolve('__proto__'), /^-/);
  });
});
