import assert from 'node:assert/strict';
import { epochMicroseconds, microseconds } from '../../../../../src/core/base/units.ts';
import {
  endpointRows,
  type EndpointRow,
} from '../../../../../src/core/correlate/endpoints/endpoints.ts';
import type { OperationFigures } from '../../../../../src/core/correlate/figures/figures.ts';
import {
  operationKeyOf,
  operationName,
} from '../../../../../src/core/matching/operations/operationKey.ts';
import {
  layerOf,
  type OperationKey,
} from '../../../../../src/core/matching/operations/operationKinds.ts';
import { resolveServiceFolders } from '../../../../../src/core/matching/serviceFolders.ts';
import { newSketch } from '../../../../../src/core/correlate/durations/sketch.ts';
import type { FiguresAnswer } from '../../../../../src/core/ports.ts';
import { makeIndex } from '../../../../support/codeIndex.ts';
import { indexFiles } from '../../../../support/memoryWorkspace.ts';
import { nestKey, routeKey } from '../../../../support/operationKeys.ts';
import { makeSpan } from '../../../../support/span.ts';

const index = makeIndex({
  '/shop/shop-api': {
    services: ['shop-api'],
    files: {
      'src/orders.controller.ts': {
        OrdersController: {
          list: { at: 3, route: 'GET /orders' },
          remove: { at: 6, route: 'DELETE /orders/:id' },
        },
      },
      'src/health.ts': { HealthController: { check: { at: 2, route: 'GET /health' } } },
    },
  },
  '/shop/pricing': {
    files: { 'src/health.ts': { HealthController: { check: { at: 4, route: 'GET /health' } } } },
  },
});

const server = (method: string, route: string, service = 'shop-api') =>
  routeKey(service, method, route);
/** As instrumentation-http alone records a request. */
const onPath = (method: string, path: string): OperationKey => {
  const span = makeSpan({
    id: '1',
    name: method,
    kind: 'server',
    service: 'shop-api',
    attributes: { 'http.request.method': method, 'url.path': path },
  });
  return operationKeyOf(span)!;
};
const nest = (method: string, route: string, controller: string, callback: string) =>
  nestKey('shop-api', method, route, controller, callback);

function figures(key: OperationKey, milliseconds: readonly number[], errors = 0): OperationFigures {
  const durations = newSketch();
  for (const one of milliseconds) durations.add(microseconds(one * 1_000));
  const failed = { count: errors, of: durations.count };
  return { key, errors: failed, durations, slowestTraceId: `slowest ${layerOf(key)} ${key.name}` };
}

const times = (count: number, milliseconds = 10) => Array<number>(count).fill(milliseconds);

function answerOf(operations: readonly OperationFigures[]): FiguresAnswer {
  return {
    operations,
    window: { start: epochMicroseconds(0), end: epochMicroseconds(3_600_000_000) },
    basis: 'complete',
    dropped: [],
    droppedCount: 0,
    sampledTraces: undefined,
    fetchedAt: epochMicroseconds(3_600_000_000),
    complete: true,
    reason: '',
  };
}

function rowsOf(...operations: readonly OperationFigures[]): readonly EndpointRow[] {
  const names = operations.map(({ key }) => key.service);
  const services = resolveServiceFolders(['shop-api', ...names], index.projects, {}, new Map());
  return endpointRows(answerOf(operations), index, services, 'Local traces');
}

/** Rows with requests: `OrdersController.list server 10 errors 1`. */
const shown = (rows: readonly EndpointRow[]) =>
  rows
    .filter(({ figures: has }) => has !== undefined)
    .map(
      ({ handler, key, figures: has }) =>
        `${handler ? `${handler.controller}.${handler.handler}` : `no handler: ${key!.name}`} ${has!.layer} ${has!.count} errors ${has!.errors}`,
    );

describe('endpointRows', () => {
  it('counts a request once: by its server span', () => {
    const rows = rowsOf(
      figures(server('GET', '/orders'), times(10), 1),
      figures(nest('GET', '/orders', 'OrdersController', 'list'), times(10), 3),
    );
    assert.deepEqual(shown(rows), ['OrdersController.list server 10 errors 1']);
  });

  it('counts by NestJS where server spans miss more than half', () => {
    const rows = rowsOf(
      figures(server('GET', '/orders'), times(4)),
      figures(nest('GET', '/orders', 'OrdersController', 'list'), times(10), 3),
    );
    assert.deepEqual(shown(rows), ['OrdersController.list nest 10 errors 3']);
  });

  it('merges the operations of one handler and keeps the slowest trace', () => {
    const [row] = rowsOf(
      figures(server('GET', '/orders'), times(9)),
      figures(server('HEAD', '/orders'), [1_000]),
    );
    assert.equal(row!.figures!.count, 10);
    assert.equal(row!.figures!.max, 1_000_000);
    assert.equal(row!.figures!.slowestTraceId, 'slowest server HEAD /orders');
    assert.ok(Math.abs(row!.figures!.p50! - 10_000) <= 100);
    assert.deepEqual(
      row!.keys.map((key) => key.kind === 'http' && key.method),
      ['GET', 'HEAD'],
    );
  });

  it("gives no handler a proxy's requests, and hides none of its own because of them", () => {
    const attributes = { 'http.request.method': 'DELETE', 'url.path': '/orders/7' };
    const entry = {
      id: '1',
      name: 'DELETE',
      kind: 'server',
      scope: 'traefik',
      attributes,
    } as const;
    // A sidecar goes by the name of the service that it stands before.
    const [edge, sidecar] = ['edge', 'shop-api'].map((service) =>
      operationKeyOf(makeSpan({ ...entry, service }))!,
    );
    const proxied = [figures(edge!, times(90)), figures(sidecar!, times(90))];
    assert.deepEqual(shown(rowsOf(...proxied)), [
      'no handler: DELETE proxy 90 errors 0',
      'no handler: DELETE proxy 90 errors 0',
    ]);
    const rows = rowsOf(...proxied, figures(server('DELETE', '/orders/:id'), times(10)));
    assert.equal(shown(rows)[0], 'OrdersController.remove server 10 errors 0');
  });

  it('lists handlers without requests, without inventing figures', () => {
    const rows = rowsOf();
    assert.equal(rows.length, 4);
    assert.ok(rows.every((row) => row.figures === undefined && row.handler !== undefined));
    assert.equal(rows[0]!.service, 'shop-api');
    assert.equal(rows[3]!.service, 'pricing');
  });

  it('lists operations without a handler, each request once', () => {
    const rows = rowsOf(
      figures(server('GET', '/gone'), times(5)),
      figures(nest('GET', '/gone', 'GoneController', 'list'), times(5)),
      figures(nest('GET', '/lost', 'LostController', 'list'), times(2)),
    );
    assert.deepEqual(shown(rows), [
      'no handler: GET /gone server 5 errors 0',
      'no handler: LostController.list nest 2 errors 0',
    ]);
    assert.match(rows.at(-1)!.reason, /LostController.list wasn't found/);
  });

  for (const { change, method, route } of [
    { change: 'its path', method: 'GET', route: '/purchases' },
    { change: 'its prefix', method: 'GET', route: '/api/v1/orders' },
    { change: 'its verb', method: 'POST', route: '/orders' },
    { change: 'its path to that of another before', method: 'GET', route: '/health' },
  ] as const)
    it(`counts a handler's requests once after an edit changed ${change}`, () => {
      const rows = rowsOf(
        figures(server(method, route), times(8)),
        figures(nest(method, route, 'OrdersController', 'list'), times(8), 2),
      );
      assert.deepEqual(shown(rows), ['OrdersController.list server 8 errors 0']);
    });

  it('counts a request once after an edit renamed its method', () => {
    const rows = rowsOf(
      figures(server('GET', '/orders'), times(8)),
      figures(nest('GET', '/orders', 'OrdersController', 'findAll'), times(8), 2),
    );
    assert.deepEqual(shown(rows), ['OrdersController.list server 8 errors 0']);
  });

  it('counts by NestJS where a route led to one handler before an edit and to another after it', () => {
    const rows = rowsOf(
      figures(server('GET', '/orders'), times(13)),
      figures(nest('GET', '/orders', 'OrdersController', 'list'), times(5)),
      figures(nest('GET', '/orders', 'OrdersController', 'remove'), times(8)),
    );
    assert.deepEqual(shown(rows), [
      'OrdersController.list nest 5 errors 0',
      'OrdersController.remove nest 8 errors 0',
    ]);
  });

  it('leaves out server spans without a route that NestJS tells more of', () => {
    const routeless = figures(server('GET', ''), times(11));
    const told = figures(nest('GET', '/orders', 'OrdersController', 'list'), times(10));
    assert.deepEqual(shown(rowsOf(routeless, told)), ['OrdersController.list nest 10 errors 0']);
    assert.equal(shown(rowsOf(routeless, figures(told.key, times(2)))).length, 2);
  });

  it('counts requests of which only the path is known for the handler whose route it fits', () => {
    const rows = rowsOf(
      figures(server('DELETE', '/orders/:id'), times(3)),
      figures(onPath('DELETE', '/orders/4711?force=1'), times(2)),
    );
    assert.deepEqual(shown(rows), ['OrdersController.remove server 5 errors 0']);
    const [row] = rowsOf(figures(onPath('GET', '/orders'), times(1)));
    assert.match(row!.reason, /^Matched by path GET \/orders; the span has no route/);
  });

  it('tells requests without a route apart by their path, and gives the reason of each', () => {
    const rows = rowsOf(
      figures(onPath('GET', '/favicon.ico'), times(2)),
      figures(onPath('GET', '/assets/logo-20240817.png'), times(1)),
      figures({ ...server('GET', ''), name: 'GET' }, times(1)),
    ).filter(({ handler }) => handler === undefined);
    assert.deepEqual(
      rows.map(({ key, reason }) => [operationName(key!), reason]),
      [
        ['GET /favicon.ico', 'No route matches GET /favicon.ico.'],
        ['GET /assets/*', 'No route matches GET /assets/*.'],
        ['GET', "This request's span has neither a route nor a path."],
      ],
    );
  });

  it('keeps the busiest paths without a route, and the others together, each request once', () => {
    const asked = Array.from({ length: 50 }, (_, at) =>
      figures(onPath('GET', `/x/p${at}`), times(at + 1)),
    );
    const rows = rowsOf(...asked).filter(({ figures: has }) => has !== undefined);
    assert.equal(rows.length, 21);
    assert.equal(
      rows.reduce((sum, row) => sum + row.figures!.count, 0),
      (50 * 51) / 2,
    );
    const last = rows.at(-1)!;
    assert.equal(operationName(last.key!), 'GET /…');
    assert.equal(last.keys.length, 30);
    assert.equal(last.reason, 'Requests of 30 other paths, without a route.');
    assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length);
  });

  it('gives the figures of several possible handlers to none', () => {
    const rows = rowsOf(figures(server('GET', '/health', 'unknown'), times(3)));
    assert.deepEqual(shown(rows), ['no handler: GET /health server 3 errors 0']);
    assert.match(rows.at(-1)!.reason, /Matches HealthController.check and 1 more;/);
  });

  it("does not add a gateway's requests to those of the service behind it", () => {
    const rows = rowsOf(
      figures(server('GET', '/orders', 'gateway'), times(10)),
      figures(server('GET', '/orders'), times(10)),
    );
    assert.deepEqual(shown(rows), [
      'OrdersController.list server 10 errors 0',
      'no handler: GET /orders server 10 errors 0',
    ]);
    assert.match(rows.at(-1)!.reason, /no folder was found for service gateway/);
  });

  it('does not list the roots of traces that are no requests', () => {
    const root = { kind: 'other', service: 'shop-api', name: 'GET ' } as const;
    assert.deepEqual(shown(rowsOf(figures(root, times(3)))), []);
  });

  it('keeps row ids when figures change', () => {
    const ids = (count: number) =>
      rowsOf(
        figures(server('GET', '/orders'), times(count)),
        figures(server('GET', '/x'), times(count)),
      ).map(({ id }) => id);
    assert.deepEqual(ids(1), ids(50));
    assert.equal(new Set(ids(1)).size, 5);
  });
});

describe('rows of messages', () => {
  const index = indexFiles({
    'mail/package.json': '{"name":"mail"}',
    'mail/app.ts': `import { EventPattern } from '@nestjs/microservices';
export class Topics {
  @EventPattern('order.created') created() {}
  @EventPattern('order.paid') paid() {}
}`,
  });
  const other = (name: string): OperationKey => ({ kind: 'other', service: 'mail', name });

  it('count what their consumer spans took, and nothing else', () => {
    const operations = [
      figures(other('process order.created'), times(4)),
      figures(other('process gone'), times(2)),
      figures(other('order.created'), times(1)),
    ];
    const services = resolveServiceFolders(['mail'], index.projects, {}, new Map());
    assert.deepEqual(
      endpointRows(answerOf(operations), index, services, 'Local traces').map(
        (row) => `${row.handler?.handler} ${row.service} ${row.figures?.count ?? '-'}`,
      ),
      ['created mail 4', 'paid mail -'],
    );
  });
});
