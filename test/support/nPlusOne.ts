import { epochMicroseconds, microseconds } from '../../src/core/base/units.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { nestLayers, prismaOperation } from './prismaSpans.ts';
import { makeSpan } from './span.ts';

const traceId = 'd'.repeat(32);
const callMs = 50;
const ms = 1_000;

/** `GET /users/all` of test/fixtures/apps/users: a query, and in a loop `calls` others, 50 ms each, most of its time. */
export function nPlusOne(calls: number, start: number): { traceId: string; spans: RawSpan[] } {
  const whole = calls * callMs * ms + 100 * ms;
  const layers = nestLayers('UsersController', 'all').map((span, at) => ({
    ...span,
    parentSpanId: span.parentSpanId ?? 'server',
    start: epochMicroseconds((at + 1) * ms),
    duration: microseconds(whole - (at + 1) * 10 * ms),
  }));
  const looped = Array.from({ length: calls }, (_, at) =>
    prismaOperation(`post${at}`, 'handler', (30 + at * callMs) * ms, 'Post.findMany', callMs * ms),
  );
  const spans = [
    makeSpan({
      id: 'server',
      name: 'GET /users/all',
      kind: 'server',
      duration: whole,
      attributes: { 'http.request.method': 'GET', 'http.route': '/users/all' },
    }),
    ...layers,
    prismaOperation('users', 'handler', 20 * ms, 'User.findMany', 5 * ms),
    ...looped,
  ];
  return {
    traceId,
    spans: spans.map((span) => ({
      ...span,
      traceId,
      spanId: idOf(span.spanId),
      parentSpanId: span.parentSpanId === undefined ? undefined : idOf(span.parentSpanId),
      start: epochMicroseconds(start + span.start),
      resource: { service: 'users', attributes: [] },
    })),
  };
}

/** 16 hex digits of a name. */
const idOf = (name: string) => Buffer.from(name).toString('hex').slice(0, 16).padEnd(16, '0');
