import assert from 'node:assert/strict';
import { makeIndex } from '../../../support/codeIndex.ts';
import { mapped, one } from '../../../support/handMadeShop.ts';
import { noSourceMaps } from '../../../support/mapTrace.ts';
import { makeSpan } from '../../../support/span.ts';

const server = (attributes: Readonly<Record<string, string>>, service = 'shop-api') =>
  one({ kind: 'server', service, attributes });

describe('NestJS spans', () => {
  const nest = (controller: string, callback: string, service: string, route = '') =>
    one({
      service,
      attributes: {
        'nestjs.type': 'request_context',
        'nestjs.controller': controller,
        'nestjs.callback': callback,
        ...(route === '' ? {} : { 'http.route': route, 'http.request.method': 'GET' }),
      },
    });

  it('name their handler: strong in the folder of the service', () => {
    assert.equal(
      nest('OrdersController', 'remove', 'shop-api'),
      'strong OrdersController.remove 40',
    );
  });

  it('are of their own service where two have a class of that name', () => {
    assert.equal(
      nest('HealthController', 'check', 'pricing-api'),
      'strong HealthController.check 4',
    );
    assert.equal(nest('HealthController', 'check', 'shop-api'), 'strong HealthController.check 3');
  });

  it('mean the route of their class when a decorator gave the method another name', () => {
    assert.equal(
      nest('HealthController', 'replaced', 'shop-api', '/health'),
      'strong HealthController.check 3',
    );
    assert.match(nest('OrdersController', 'replaced', 'shop-api', '/health'), /^unmapped/);
  });

  it('are likely, the others listed, where neither folder nor route decides', () => {
    assert.equal(
      nest('HealthController', 'check', 'unknown'),
      'likely HealthController.check 3 +1',
    );
  });

  it('are told apart by their route in one folder', () => {
    const code = makeIndex({
      '/shop/shop-api': {
        services: ['shop-api'],
        files: {
          'src/a.ts': { UsersController: { list: { at: 3, route: 'GET /a/users' } } },
          'src/b.ts': { UsersController: { list: { at: 5, route: 'GET /b/users' } } },
        },
      },
    });
    const attributes = {
      'nestjs.type': 'request_context',
      'nestjs.controller': 'UsersController',
      'nestjs.callback': 'list',
      'http.request.method': 'GET',
    };
    const routed = { ...attributes, 'http.route': '/b/users' };
    assert.equal(one({ attributes: routed }, noSourceMaps, code), 'strong UsersController.list 5');
    assert.equal(one({ attributes }, noSourceMaps, code), 'likely UsersController.list 3 +1');
  });

  it('are unmapped when the class is gone', () => {
    const text = "unmapped: GoneController.list wasn't found in the workspace.";
    assert.equal(nest('GoneController', 'list', 'shop-api'), text);
  });

  it('pass their class on to the inner span', () => {
    const spans = [
      makeSpan({
        id: 'a',
        duration: 9,
        attributes: {
          'nestjs.type': 'request_context',
          'nestjs.controller': 'OrdersController',
          'nestjs.callback': 'list',
        },
      }),
      makeSpan({
        id: 'b',
        parent: 'a',
        name: 'list',
        attributes: { 'nestjs.type': 'handler', 'nestjs.callback': 'list' },
      }),
    ];
    assert.deepEqual(mapped(spans), Array(2).fill('strong OrdersController.list 10'));
  });

  it("tell of Express's spans around them where the server's span was left out", () => {
    const route = { 'http.route': '/api/orders/:id' };
    const spans = [
      makeSpan({
        id: 'a',
        duration: 9,
        name: 'request handler - /api/orders/:id',
        scope: '@opentelemetry/instrumentation-express',
        attributes: { ...route, 'express.type': 'request_handler' },
      }),
      makeSpan({
        id: 'b',
        parent: 'a',
        attributes: {
          ...route,
          'nestjs.type': 'request_context',
          'nestjs.controller': 'OrdersController',
          'nestjs.callback': 'remove',
        },
      }),
    ];
    assert.deepEqual(mapped(spans), Array(2).fill('strong OrdersController.remove 40'));
  });
});

describe('server spans', () => {
  const route = (method: string, path: string, service = 'shop-api') =>
    server({ 'http.request.method': method, 'http.route': path }, service);

  it('are strong by route and method in the folder of the service', () => {
    assert.equal(route('DELETE', '/api/orders/:id'), 'strong OrdersController.remove 40');
    assert.equal(route('GET', '/api/orders/'), 'strong OrdersController.list 10');
  });

  it('take @All for a method without a handler of its own, and GET for HEAD', () => {
    assert.equal(route('PATCH', '/api/orders/any'), 'strong OrdersController.any 50');
    assert.equal(route('HEAD', '/api/orders'), 'strong OrdersController.list 10');
  });

  it("are also Fastify's own of the whole request, which is no span of its kind otherwise", () => {
    const attributes = { 'fastify.root': '@fastify/otel', 'http.request.method': 'GET' };
    assert.equal(
      one({ name: 'request', attributes: { ...attributes, 'http.route': '/api/orders/:id' } }),
      one({
        kind: 'server',
        attributes: { 'http.request.method': 'GET', 'http.route': '/api/orders/:id' },
      }),
    );
    assert.match(one({ name: 'request', attributes }), /^unmapped: Framework code/);
  });

  it('are likely by the end of a route of which the beginning is not known', () => {
    assert.equal(route('GET', '/v1/prices/:sku', 'pricing-api'), 'likely PricesController.price 8');
  });

  it('are likely at most when the folder of the service is not known', () => {
    assert.equal(route('GET', '/api/orders/:id', 'proxy'), 'likely OrdersController.findOne 20');
    assert.equal(route('GET', '/health', 'proxy'), 'likely HealthController.check 3 +1');
  });

  it("are never mapped to another service's folder", () => {
    assert.match(
      route('GET', '/api/orders', 'pricing-api'),
      /^unmapped: No handler in pricing-api has/,
    );
  });

  it('are likely by their path, the most specific route first', () => {
    const path = (text: string) => server({ 'http.method': 'GET', 'http.target': text });
    assert.equal(path('/api/orders/7?full=1'), 'likely OrdersController.findOne 20');
    assert.equal(path('/api/orders/mine'), 'likely OrdersController.mine 30');
    assert.equal(path('/api/files/a/b.txt'), 'likely OrdersController.files 60');
    assert.match(path('/api/nothing'), /^unmapped: No route matches/);
  });

  it('do not believe a route that does not fit their path', () => {
    const attributes = { 'http.method': 'GET', 'http.route': '/health', 'http.target': '/nope' };
    assert.match(server(attributes), /^unmapped/);
  });

  it('of a proxy are unmapped, whatever route or path they have, and of another language', () => {
    const attributes = { 'http.request.method': 'GET', 'url.path': '/api/orders' };
    assert.match(server(attributes, 'gateway'), /^unmapped: Only the path/);
    assert.match(server(attributes, 'traefik'), /^unmapped: .* traefik is a proxy/);
    const routed = { ...attributes, 'http.route': '/api/orders/:id' };
    assert.match(one({ kind: 'server', scope: 'nginx', attributes: routed }), /^unmapped: .*proxy/);
    const span = makeSpan({ id: 'a', kind: 'server', service: 'gateway', attributes });
    const resource = {
      service: 'gateway',
      attributes: [{ key: 'telemetry.sdk.language', value: 'go' }],
    };
    const foreign = {
      ...span,
      resource,
      attributes: [{ key: 'http.route', value: '/api/orders' }],
    };
    assert.match(mapped([foreign])[0]!, /^unmapped: Service gateway isn't in this workspace/);
  });

  it("of Traefik's router are not taken for a route", () => {
    const attributes = {
      'http.route': 'PathPrefix(`/api`)',
      'traefik.service.name': 'shop@docker',
    };
    assert.match(one({ service: 'traefik', attributes }), /^unmapped: .* traefik is a proxy/);
  });
});
