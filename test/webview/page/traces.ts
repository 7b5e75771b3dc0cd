import type { RawSpan } from '../../../src/core/trace/rawSpan.ts';
import { epochMicroseconds } from '../../../src/core/base/units.ts';
import { seededRandom, SpanTree, traceStart } from './spanTree.ts';

const nest = '@opentelemetry/instrumentation-nestjs-core';
const http = '@opentelemetry/instrumentation-http';
const prisma = 'prisma';

/** The user's story: a DELETE that removes the 214 items of an order one by one, and asks two services. */
export function storyTrace(): readonly RawSpan[] {
  const tree = new SpanTree();
  const random = seededRandom(7);
  const root = tree.add(undefined, {
    name: 'DELETE /api/orders/:id',
    service: 'shop-api',
    kind: 'server',
    start: 0,
    duration: 2_450_000,
    scope: http,
    attributes: {
      'http.request.method': 'DELETE',
      'http.route': '/api/orders/:id',
      'url.path': '/api/orders/8841',
      'http.response.status_code': 200,
      'user_agent.original': 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36',
    },
  });
  for (const [index, name] of ['query', 'expressInit', 'jsonParser', 'corsMiddleware'].entries())
    tree.add(root, {
      name: `middleware - ${name}`,
      service: 'shop-api',
      start: 300 + index * 400,
      duration: 150 + index * 60,
      scope: '@opentelemetry/instrumentation-express',
    });
  const request = tree.add(root, {
    name: 'OrdersController.remove',
    service: 'shop-api',
    start: 2_600,
    duration: 2_445_000,
    scope: nest,
    attributes: {
      'nestjs.type': 'request_context',
      'nestjs.controller': 'OrdersController',
      'nestjs.callback': 'remove',
      component: '@nestjs/core',
    },
  });
  tree.add(request, {
    name: 'JwtGuard',
    service: 'shop-api',
    start: 3_000,
    duration: 8_200,
    scope: nest,
  });
  const handler = tree.add(request, {
    name: 'remove',
    service: 'shop-api',
    start: 12_000,
    duration: 2_434_000,
    scope: nest,
    attributes: { 'nestjs.type': 'handler', 'nestjs.callback': 'remove' },
    links: [
      {
        traceId: '0af7651916cd43dd8448eb211c80319c',
        spanId: 'b7ad6b7169203331',
        attributes: [{ key: 'messaging.operation', value: 'receive' }],
      },
    ],
  });
  query(tree, handler, 'shop-api', 'Order', 'findUnique', 13_000, 14_000);
  let at = 30_000;
  for (let item = 0; item < 214; item++) {
    const duration = 7_000 + Math.round(random() * 3_500);
    query(tree, handler, 'shop-api', 'OrderItem', 'delete', at, duration);
    at += duration + 300;
  }
  price(tree, handler, at);
  stock(tree, handler, at + 190_000);
  query(tree, handler, 'shop-api', 'Order', 'delete', 2_430_000, 13_000);
  return tree.spans;
}

function query(
  tree: SpanTree,
  parent: string,
  service: string,
  model: string,
  method: string,
  start: number,
  duration: number,
): void {
  const operation = tree.add(parent, {
    name: 'prisma:client:operation',
    service,
    start,
    duration,
    scope: prisma,
    attributes: { model, method, name: `${model}.${method}` },
  });
  const inner = duration * 0.8;
  tree.add(operation, {
    name: 'prisma:client:serialize',
    service,
    start: start + duration * 0.04,
    duration: duration * 0.05,
    scope: prisma,
  });
  tree.add(operation, {
    name: 'prisma:client:db_query',
    service,
    kind: 'client',
    start: start + duration * 0.12,
    duration: inner,
    scope: prisma,
    attributes: {
      'db.system.name': 'sqlite',
      'db.query.text':
        method === 'delete'
          ? `DELETE FROM "main"."${model}" WHERE ("main"."${model}"."id" = ? AND 1=1) RETURNING "id" AS "id", "orderId" AS "orderId", "sku" AS "sku"`
          : `SELECT "main"."${model}"."id", "main"."${model}"."customerId", "main"."${model}"."status" FROM "main"."${model}" WHERE ("main"."${model}"."id" = ? AND 1=1) LIMIT ? OFFSET ?`,
    },
  });
}

function price(tree: SpanTree, parent: string, start: number): void {
  const client = tree.add(parent, {
    name: 'GET',
    service: 'shop-api',
    kind: 'client',
    start,
    duration: 180_000,
    scope: http,
    attributes: { 'url.full': 'http://pricing-api:3001/api/prices/8841' },
  });
  const server = tree.add(client, {
    name: 'GET /api/prices/:orderId',
    service: 'pricing-api',
    kind: 'server',
    start: start + 9_000,
    duration: 160_000,
    scope: http,
  });
  const handler = tree.add(server, {
    name: 'PricesController.forOrder',
    service: 'pricing-api',
    start: start + 12_000,
    duration: 155_000,
    scope: nest,
  });
  query(tree, handler, 'pricing-api', 'Price', 'findMany', start + 20_000, 120_000);
}

function stock(tree: SpanTree, parent: string, start: number): void {
  const client = tree.add(parent, {
    name: 'POST',
    service: 'shop-api',
    kind: 'client',
    start,
    duration: 96_000,
    scope: http,
    status: 'error',
    statusMessage: 'Request failed with status code 503',
  });
  tree.add(client, {
    name: 'POST /stock/release',
    service: 'inventory',
    kind: 'server',
    start: start + 4_000,
    duration: 88_000,
    scope: http,
    status: 'error',
    statusMessage: 'warehouse lock not acquired within 80 ms',
    attributes: { 'http.response.status_code': 503 },
    warnings: ['The clock of inventory runs 12 ms ahead; its spans were moved.'],
    events: [
      {
        name: 'exception',
        time: epochMicroseconds(traceStart + start + 86_000),
        attributes: [
          { key: 'exception.type', value: 'LockTimeoutError' },
          { key: 'exception.message', value: 'warehouse lock not acquired within 80 ms' },
          {
            key: 'exception.stacktrace',
            value:
              'LockTimeoutError: warehouse lock not acquired within 80 ms\n    at StockService.release (/srv/inventory/src/stock/stock.service.ts:58:13)\n    at process.processTicksAndRejections (node:internal/process/task_queues:105:5)\n    at async StockController.release (/srv/inventory/src/stock/stock.controller.ts:21:5)\n    at async /srv/inventory/node_modules/@nestjs/core/router/router-execution-context.js:46:28\n    at async /srv/inventory/node_modules/@nestjs/core/router/router-proxy.js:9:17',
          },
        ],
      },
    ],
  });
}

/** A trace of so many spans, five levels deep, in sixteen services. */
export function largeTrace(size: number): readonly RawSpan[] {
  const tree = new SpanTree();
  const random = seededRandom(size);
  const total = size * 100;
  const root = tree.add(undefined, {
    name: 'nightly import',
    service: 'service-00',
    kind: 'consumer',
    start: 0,
    duration: total,
  });
  const open: { id: string; end: number }[] = [{ id: root, end: total }];
  for (let index = 1; index < size; index++) {
    const start = index * 99;
    while (open.length > 1 && (open.at(-1)?.end ?? 0) < start) open.pop();
    const parent = open.at(-1) ?? { id: root, end: total };
    const duration = Math.min(parent.end - start, 80 + random() ** 4 * total * 0.2);
    const id = tree.add(parent.id, {
      name: `step ${index % 61} of the import`,
      service: `service-${String(index % 16).padStart(2, '0')}`,
      start,
      duration: Math.max(1, duration),
      status: index % 997 === 0 ? 'error' : 'unset',
    });
    if (open.length < 6) open.push({ id, end: start + duration });
  }
  return tree.spans;
}

/** Each span the only child of the one before. */
export function deepTrace(depth: number): readonly RawSpan[] {
  const tree = new SpanTree();
  let parent: string | undefined;
  for (let level = 0; level < depth; level++)
    parent = tree.add(parent, {
      name: `level ${level}`,
      service: 'deep',
      start: level,
      duration: depth * 2 - level * 2,
    });
  return tree.spans;
}

/** Names and values as an attacker would send them. */
export function hostileTrace(): readonly RawSpan[] {
  const tree = new SpanTree();
  const root = tree.add(undefined, {
    name: '<img src=x onerror="window.hacked=1"><script>window.hacked=1</script>',
    service: '"><svg onload=window.hacked=1>',
    start: 0,
    duration: 10_000,
    statusMessage: '</script><b>bold</b>',
    status: 'error',
    attributes: {
      '<b>key</b>': '[click](command:workbench.action.quit)',
      huge: 'x'.repeat(1_000_000),
      __proto__key: 'javascript:window.hacked=1',
      control: 'a\u0000b\u001b[31mred\u0007',
    },
  });
  tree.add(root, {
    name: 'admin\u202Etxt.exe\u2066\u200B',
    service: 'bidi\u202E',
    start: 1_000,
    duration: 0,
  });
  tree.add(root, { name: 'n'.repeat(1_000_000), service: 'long', start: 2_000, duration: 500 });
  tree.add(root, { name: '', service: '', start: 3_000, duration: 9e15 });
  return tree.spans;
}

/** What another service does with a message that the story's handler links to. */
export function consumerTrace(): readonly RawSpan[] {
  const tree = new SpanTree();
  const root = tree.add(undefined, {
    name: 'process order.removed',
    service: 'billing',
    kind: 'consumer',
    start: 2_460_000,
    duration: 300_000,
  });
  tree.add(root, { name: 'refund', service: 'billing', start: 2_470_000, duration: 250_000 });
  return tree.spans.map((span) => ({
    ...span,
    traceId: '0af7651916cd43dd8448eb211c80319c',
    spanId: span.spanId.replace(/^0/, 'c'),
    parentSpanId: span.parentSpanId?.replace(/^0/, 'c'),
  }));
}
