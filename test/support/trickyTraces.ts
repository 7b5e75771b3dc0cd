import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { makeSpan, type SpanSketch } from './span.ts';

const ms = 1_000;

/** A span whose id is its position or name, filled up. */
const span = ({ id, parent, ...rest }: SpanSketch): RawSpan =>
  makeSpan({
    name: id,
    ...rest,
    id: idOf(id),
    parent: parent === undefined ? parent : idOf(parent),
  });
const idOf = (name: string) => Buffer.from(name).toString('hex').slice(0, 16).padStart(16, '0');

const repeat = (count: number, make: (index: number) => RawSpan | readonly RawSpan[]) =>
  Array.from({ length: count }, (_, index) => make(index)).flat();

const request = (rest: Partial<SpanSketch> = {}) =>
  span({ id: 'root', name: 'GET /orders', kind: 'server', duration: 100 * ms, ...rest });

const parentMissing = [
  request(),
  span({ id: 'call', parent: 'root', start: 10 * ms, duration: 20 * ms }),
  span({ id: 'orphan', parent: 'lost', start: 40 * ms, duration: 30 * ms }),
  span({ id: 'below', parent: 'orphan', start: 45 * ms, duration: 5 * ms }),
];

const twoRoots = [
  request(),
  span({ id: 'call', parent: 'root', duration: 20 * ms }),
  span({ id: 'second', name: 'POST /audit', kind: 'server', start: 110 * ms, duration: 30 * ms }),
  span({ id: 'write', parent: 'second', start: 115 * ms, duration: 20 * ms }),
];

const cycle = [
  span({ id: 'a', parent: 'c', start: 3 * ms, duration: 5 * ms }),
  span({ id: 'b', parent: 'a', start: 1 * ms, duration: 9 * ms }),
  span({ id: 'c', parent: 'b', start: 2 * ms, duration: 5 * ms }),
  span({ id: 'tail', parent: 'a', start: 4 * ms, duration: 1 * ms }),
  span({ id: 'self', parent: 'self', start: 9 * ms }),
];

/** Client and server of one call have one id, as Zipkin's tracers write it; and one id is there twice by mistake. */
const sharedIds = [
  request({ service: 'edge' }),
  span({
    id: 'x',
    name: 'call',
    service: 'edge',
    parent: 'root',
    kind: 'client',
    start: 10 * ms,
    duration: 80 * ms,
  }),
  span({
    id: 'x',
    name: 'answer',
    service: 'shop',
    parent: 'root',
    kind: 'server',
    start: 20 * ms,
    duration: 50 * ms,
  }),
  span({ id: 'query', service: 'shop', parent: 'x', start: 30 * ms, duration: 9 * ms }),
  span({ id: 'twice', service: 'edge', parent: 'root', start: 91 * ms, duration: 2 * ms }),
  span({ id: 'twice', service: 'edge', parent: 'root', start: 95 * ms, duration: 2 * ms }),
];

const clockSkew = [
  request(),
  span({ id: 'call', parent: 'root', kind: 'client', start: 10 * ms, duration: 60 * ms }),
  span({
    id: 'prices',
    service: 'pricing-api',
    parent: 'call',
    kind: 'server',
    start: -400 * ms,
    duration: 40 * ms,
  }),
  span({
    id: 'handler',
    service: 'pricing-api',
    parent: 'prices',
    start: -395 * ms,
    duration: 10 * ms,
  }),
].map((one) => ({ ...one, start: (one.start + 1_000 * ms) as RawSpan['start'] }));

const longerThanParent = [
  request(),
  span({ id: 'work', parent: 'root', start: 20 * ms, duration: 300 * ms }),
  span({ id: 'mail', parent: 'work', start: 310 * ms, duration: 90 * ms }),
  span({ id: 'quick', parent: 'root', start: 5 * ms, duration: 1 * ms }),
];

const zeroDurations = [
  request({ duration: 0 }),
  span({ id: 'first', parent: 'root' }),
  span({ id: 'below', parent: 'first' }),
  span({ id: 'second', parent: 'root' }),
];

/** Six calls in a loop, each for another item. */
const idsInPaths = [
  request(),
  ...repeat(6, (index) =>
    span({
      id: `get${String(index)}`,
      name: 'GET',
      parent: 'root',
      kind: 'client',
      start: index * 15 * ms,
      duration: (index === 3 ? 14 : 10) * ms,
      attributes: { 'url.full': `http://tax:3001/rates/${String(index)}?year=2026` },
    }),
  ),
];

const thousandSiblings = [
  request({ duration: 5_000 * ms }),
  ...repeat(1_000, (index) =>
    span({
      id: `q${String(index)}`,
      name: 'query',
      parent: 'root',
      start: index * 4 * ms,
      duration: (index % 7 === 0 ? 4 : 3) * ms,
      status: index === 500 ? 'error' : 'unset',
    }),
  ),
];

const nestedGroups = [
  request(),
  span({ id: 'guard', parent: 'root', duration: 1 * ms }),
  ...repeat(5, (item) => [
    span({
      id: `i${String(item)}`,
      name: 'item',
      parent: 'root',
      start: (2 + item * 18) * ms,
      duration: 16 * ms,
    }),
    ...repeat(4, (call) =>
      span({
        id: `i${String(item)}c${String(call)}`,
        name: 'query',
        parent: `i${String(item)}`,
        start: (3 + item * 18 + call * 3) * ms,
        duration: 2 * ms,
      }),
    ),
    span({
      id: `i${String(item)}o`,
      name: 'other',
      parent: `i${String(item)}`,
      start: (16 + item * 18) * ms,
      duration: 1 * ms,
    }),
  ]),
];

/** Of six calls one fails and is caught; steps of an engine fail below a call that goes on, and below one that fails too. */
const failingGroups = [
  request({ status: 'ok' }),
  ...repeat(6, (index) => [
    span({
      id: `c${String(index)}`,
      name: 'charge',
      parent: 'root',
      start: index * 10 * ms,
      duration: 8 * ms,
      status: index === 3 ? 'error' : 'unset',
    }),
    span({
      id: `p${String(index)}`,
      name: 'POST /charges',
      parent: `c${String(index)}`,
      kind: 'client',
      start: index * 10 * ms,
      duration: 7 * ms,
      status: index === 3 ? 'error' : 'unset',
    }),
  ]),
  ...(['unset', 'error'] as const).flatMap((status, index) => {
    const [id, start] = [`op${String(index)}`, (70 + index * 15) * ms];
    return [
      span({
        id,
        name: 'prisma:client:operation',
        parent: 'root',
        start,
        duration: 12 * ms,
        status,
      }),
      span({
        id: `${id}e`,
        name: 'prisma:engine:query',
        parent: id,
        start: start + 1 * ms,
        duration: 9 * ms,
        status: 'error',
      }),
      span({ id: `${id}s`, name: 'prisma:client:serialize', parent: id, start, duration: 1 * ms }),
    ];
  }),
];

const strangeNames = [
  request({ name: '<img src=x onerror=alert(1)>', service: '"><svg onload=alert(1)>' }),
  span({
    id: 'turned',
    name: 'admin\u202Etxt.exe\u2066\u200B',
    service: 'bidi\u202E',
    parent: 'root',
    start: 1 * ms,
  }),
  span({
    id: 'hebrew',
    name: 'בדיקת הזמנה 42',
    service: 'הזמנות',
    parent: 'root',
    start: 2 * ms,
    duration: 5 * ms,
  }),
  span({
    id: 'arabic',
    name: 'طلب GET /api/طلبات',
    service: 'shop',
    parent: 'root',
    start: 3 * ms,
    duration: 5 * ms,
  }),
  span({
    id: 'korean',
    name: '주문 취소',
    service: '주문',
    parent: 'root',
    start: 4 * ms,
    duration: 5 * ms,
  }),
  span({ id: 'lines', name: 'a\r\nb\tc\u0000\u001b[2J', parent: 'root', start: 5 * ms }),
  span({
    id: 'long',
    name: 'n'.repeat(1_000),
    service: 's'.repeat(1_000),
    parent: 'root',
    start: 6 * ms,
    duration: 1 * ms,
  }),
  span({ id: 'none', name: '', service: '', parent: 'root', start: 7 * ms, duration: 9e15 }),
];

/** A request that still runs: exporters send a span when it ends, so the root comes last. */
const unfinished = [
  span({ id: 'handler', parent: 'root', start: 5 * ms, duration: 90 * ms }),
  ...repeat(4, (index) =>
    span({
      id: `q${String(index)}`,
      name: 'query',
      parent: 'handler',
      start: (10 + index * 10) * ms,
      duration: 8 * ms,
    }),
  ),
  span({ id: 'reply', parent: 'late', start: 60 * ms, duration: 10 * ms }),
];
const finished = [
  ...unfinished,
  request(),
  span({ id: 'late', parent: 'handler', start: 55 * ms, duration: 30 * ms }),
];

const consumerId = 'c'.repeat(32);
const producer = [
  request(),
  span({
    id: 'send',
    name: 'send orders',
    parent: 'root',
    kind: 'producer',
    start: 50 * ms,
    duration: 3 * ms,
  }),
];
const consumer = [
  span({
    id: 'take',
    name: 'process orders',
    service: 'billing',
    kind: 'consumer',
    start: 150 * ms,
    duration: 80 * ms,
  }),
  span({ id: 'refund', service: 'billing', parent: 'take', start: 160 * ms, duration: 60 * ms }),
].map((one) => ({
  ...one,
  traceId: consumerId,
  links: [{ traceId: producer[0]!.traceId, spanId: producer[1]!.spanId, attributes: [] }],
}));

const deepChain = repeat(5_000, (level) =>
  span({
    id: `l${String(level)}`,
    name: `level ${String(level)}`,
    parent: level === 0 ? undefined : `l${String(level - 1)}`,
    start: level,
    duration: 10_000 - level * 2,
  }),
);

/** As express, Nest and Prisma 7 write a request that asks the database item by item. */
const internals = [
  span({
    id: 'root',
    name: 'DELETE /api/orders/:id',
    kind: 'server',
    duration: 100 * ms,
    attributes: { 'http.request.method': 'DELETE', 'http.route': '/api/orders/:id' },
  }),
  ...['query', 'expressInit', 'jsonParser'].map((name, index) =>
    span({
      id: `m${String(index)}`,
      name: `middleware - ${name}`,
      parent: 'root',
      start: index * 100,
      duration: 90,
    }),
  ),
  span({
    id: 'handler',
    name: 'OrdersController.remove',
    parent: 'root',
    start: 1 * ms,
    duration: 98 * ms,
    scope: '@opentelemetry/instrumentation-nestjs-core',
    attributes: {
      'nestjs.type': 'request_context',
      'nestjs.controller': 'OrdersController',
      'nestjs.callback': 'remove',
    },
  }),
  ...prisma('find', 'Item', 'findMany', 2, 10),
  ...repeat(7, (index) => prisma(`d${String(index)}`, 'Item', 'delete', 13 + index * 12, 11)),
];

/** A call of Prisma's client with the steps below it; times in ms. */
function prisma(id: string, model: string, method: string, start: number, duration: number) {
  const step = (name: string, from: number, length: number) =>
    span({
      id: `${id}${name.slice(-4)}`,
      name,
      parent: id,
      start: (start + from) * ms,
      duration: length * ms,
    });
  return [
    span({
      id,
      name: 'prisma:client:operation',
      parent: 'handler',
      start: start * ms,
      duration: duration * ms,
      scope: 'prisma',
      attributes: { model, method, name: `${model}.${method}` },
    }),
    step('prisma:client:serialize', 1, 1),
    step('prisma:client:db_query', 3, duration - 4),
  ];
}

/** Traces with what goes wrong in real ones, each small enough to be read. */
export const trickyTraces = {
  parentMissing,
  twoRoots,
  cycle,
  sharedIds,
  clockSkew,
  longerThanParent,
  zeroDurations,
  idsInPaths,
  thousandSiblings,
  nestedGroups,
  failingGroups,
  strangeNames,
  unfinished,
  finished,
  producer,
  consumer,
  deepChain,
  internals,
} satisfies Readonly<Record<string, readonly RawSpan[]>>;
