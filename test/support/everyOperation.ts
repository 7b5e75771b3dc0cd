import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { makeSpan, type SpanSketch } from './span.ts';

const noon = Date.UTC(2026, 10, 22, 12) * 1_000;

/** A span of each kind of operation, each in a trace of its own. */
const sketches: readonly Omit<SpanSketch, 'id'>[] = [
  {
    name: 'GET /orders/:id',
    kind: 'server',
    attributes: { 'http.request.method': 'GET', 'http.route': '/orders/:id' },
  },
  {
    name: 'DELETE',
    kind: 'server',
    attributes: { 'http.request.method': 'DELETE', 'url.path': '/orders/4711/lines' },
  },
  { name: 'GET', kind: 'server', attributes: { 'http.request.method': 'GET' } },
  {
    name: 'GET /named',
    kind: 'server',
    attributes: {
      'http.request.method': 'GET',
      'http.route': '/named',
      'nestjs.controller': 'NamedController',
      'nestjs.callback': 'find',
    },
  },
  { name: 'grpc.billing.Invoices/FindOne', kind: 'server' },
  {
    name: 'OrdersController.find',
    attributes: {
      'nestjs.type': 'request_context',
      'nestjs.controller': 'OrdersController',
      'nestjs.callback': 'find',
      'http.request.method': 'GET',
      'http.route': '/orders/:id',
    },
  },
  {
    name: 'query Q',
    scope: '@opentelemetry/instrumentation-graphql',
    attributes: {
      'graphql.operation.type': 'query',
      'graphql.operation.name': 'Q',
      'graphql.source': 'query Q { orders { id } customers { id } }',
    },
  },
  {
    name: 'graphql.resolve orders.3.customer',
    scope: '@opentelemetry/instrumentation-graphql',
    attributes: { 'graphql.field.name': 'customer', 'graphql.parent.name': 'Order' },
  },
  {
    name: 'process order.created',
    kind: 'consumer',
    attributes: {
      'messaging.system': 'kafka',
      'messaging.destination.name': 'order.created',
      'messaging.operation.name': 'process',
    },
  },
  {
    name: 'invoices process',
    kind: 'consumer',
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.destination': '',
      'messaging.rabbitmq.routing_key': 'invoices',
      'messaging.conversation_id': '7',
    },
  },
  {
    name: 'audit process',
    kind: 'consumer',
    attributes: {
      'messaging.system': 'rabbitmq',
      'messaging.destination': 'events',
      'messaging.rabbitmq.routing_key': 'order.paid',
    },
  },
  {
    name: 'process mails',
    kind: 'consumer',
    attributes: {
      'messaging.system': 'bullmq',
      'messaging.bullmq.job.name': 'welcome',
      'messaging.destination.name': 'mails',
    },
  },
  { name: 'process unknown', kind: 'consumer' },
  { name: 'cron nightly', kind: 'internal' },
];

/** @param first the number of the first trace */
export const everyOperation = (first = 1): readonly RawSpan[] =>
  sketches.map((sketch, at) =>
    makeSpan({
      id: (first + at).toString(16).padStart(16, '0'),
      start: noon + at,
      duration: 1_000 * (at + 1),
      traceId: (first + at).toString(16).padStart(32, '0'),
      ...sketch,
    }),
  );
