import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { makeSpan, type SpanSketch } from '../../test/support/span.ts';

export const spansPerTrace = 20;
export const service = 'shop-api';
/** How many routes there are; the n-th gets a share of 1/n of the requests. */
const routes = 40;
/** Every request is of one of so many tenants. */
export const tenants = 97;

/** All traces of one bench start in the hour before this. */
export interface Traces {
  /** µs since 1970. */
  readonly end: number;
}

const minuteUs = 60_000_000;

/**
 * The n-th trace: a request of NestJS with middleware, Prisma, and a call to a second service. The same n gives the
 * same trace, so that the truth needn't be kept.
 */
export function traceAt(n: number, { end }: Traces): readonly RawSpan[] {
  const random = randomOf(n);
  const route = Math.floor(routes ** random()) - 1;
  const path = `/api/r${String(route)}/:id`;
  const method = route % 5 === 4 ? 'DELETE' : 'GET';
  // Rare routes are slow ones; log-normal, as durations are.
  const duration = Math.round(4_000 * (route + 1) * Math.exp(0.5 * normal(random)));
  const start = end - Math.floor(minuteUs * (1 + 55 * random()));
  const status = random() < 0.02 ? 'error' : 'unset';
  const http = {
    'http.request.method': method,
    'http.response.status_code': status === 'error' ? 500 : 200,
  };
  const controller = `R${String(route)}Controller`;
  const traceId = hex(random, 32);
  const root = hex(random, 16);
  const outgoing = hex(random, 16);
  const within = (sketch: Omit<SpanSketch, 'id'>, from: number, share: number) =>
    makeSpan({
      parent: root,
      service,
      traceId,
      ...sketch,
      id: hex(random, 16),
      start: start + Math.floor(duration * from),
      duration: Math.floor(duration * share),
    });
  const spans = [
    makeSpan({
      id: root,
      traceId,
      service,
      kind: 'server',
      name: `${method} ${path}`,
      start,
      duration,
      status,
      attributes: { ...http, 'http.route': path, tenant: `t${String(n % tenants)}` },
    }),
    within(
      {
        name: `${controller}.handle`,
        status,
        attributes: {
          'nestjs.type': 'request_context',
          'nestjs.controller': controller,
          'nestjs.callback': 'handle',
          ...http,
          'http.route': path,
        },
      },
      0.1,
      0.8,
    ),
    { ...within({ name: 'GET', kind: 'client', attributes: http }, 0.2, 0.3), spanId: outgoing },
    within(
      {
        parent: outgoing,
        service: 'rates',
        name: 'GET /rates/{country}',
        kind: 'server',
        attributes: { 'http.request.method': 'GET', 'http.route': '/rates/{country}' },
      },
      0.25,
      0.2,
    ),
  ];
  const inner = [
    'middleware - query',
    'middleware - jsonParser',
    'prisma:client:operation',
    'prisma:client:serialize',
    'prisma:client:db_query',
    'handle',
  ];
  while (spans.length < spansPerTrace)
    spans.push(within({ name: inner[spans.length % inner.length]! }, spans.length / 30, 0.02));
  return spans;
}

/** Mulberry32: public domain, by Tommy Ettinger. */
function randomOf(seed: number): () => number {
  let state = Math.imul(seed + 1, 0x9e3779b1);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Box-Muller. */
const normal = (random: () => number): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

function hex(random: () => number, digits: number): string {
  let text = '';
  while (text.length < digits)
    text += Math.floor(random() * 2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return text.slice(0, digits);
}
