import assert from 'node:assert/strict';
import { spanRow } from '../../../../../src/core/base/units.ts';
import { isMatch } from '../../../../../src/core/matching/match.ts';
import {
  resolvePeer,
  spanPeers,
  type SpanPeer,
  type IndexedTrace,
} from '../../../../../src/core/correlate/peers/spanPeers.ts';
import type { RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import {
  brokerTraces,
  indexBrokerApps,
  type BrokerRecording,
} from '../../../../support/brokerApps.ts';
import { shopIndex } from '../../../../support/handMadeShop.ts';
import { mapSpans } from '../../../../support/mapTrace.ts';
import { makeSpan } from '../../../../support/span.ts';
import { behindTraefik } from '../../../../support/traefik.ts';

const index = indexBrokerApps();
const indexed = (spans: readonly RawSpan[]): IndexedTrace => ({ ...mapSpans(spans, index), index });

/** `to kafka-billing InvoicesController.onCreated strong`, `×2` where it happened again. */
function shown({ direction, service, match, count, row, link }: SpanPeer): string {
  const code = match && isMatch(match) ? `${match.symbol} ${match.confidence}` : 'unknown';
  const where = row === undefined ? (link === undefined ? ' by code' : ' by link') : '';
  return `${direction} ${service} ${code}${count > 1 ? ` ×${count}` : ''}${where}`;
}

/** The peers of the spans with a name, in every trace of a recording, each once. */
function peersOf(recording: BrokerRecording, name: string): string[] {
  const found = new Set<string>();
  for (const spans of brokerTraces(recording)) {
    const trace = indexed(spans);
    for (const [row, span] of trace.trace.spans.entries()) {
      if (span.name !== name) continue;
      for (const peer of spanPeers(spanRow(row), trace)) found.add(shown(peer));
    }
  }
  return [...found];
}

describe('the peers of a span', () => {
  it('lead from a message to its handler in another service, and back', () => {
    assert.deepEqual(peersOf('kafka', 'send order.created'), [
      'to kafka-billing InvoicesController.onCreated strong',
    ]);
    assert.deepEqual(peersOf('kafka', 'process order.created'), [
      'from kafka-orders Kafka emit order.created in OrdersService.create strong',
    ]);
    assert.deepEqual(peersOf('bullmq', 'add emails.welcome'), [
      'to jobs-worker EmailsProcessor.process strong',
      'to jobs-worker EmailsProcessor.process strong ×2',
    ]);
    assert.deepEqual(peersOf('rabbitmq', 'payments process'), [
      'from rabbit-orders RabbitMQ publish shop/order.paid in OrdersService.paid strong',
    ]);
  });

  it('lead to every handler of a message, and count those that tried again', () => {
    assert.deepEqual(peersOf('rabbitmq', 'publish shop'), [
      'to rabbit-billing PaymentsConsumer.audit strong',
      'to rabbit-billing PaymentsConsumer.onPaid strong',
      'to rabbit-billing PaymentsConsumer.price strong',
    ]);
    assert.deepEqual(peersOf('kafka', 'send order.cancelled'), [
      'to kafka-billing InvoicesController.onCancelled strong',
      'to kafka-billing InvoicesController.onCancelled strong ×4',
    ]);
  });

  it('lead to the code that listens, where no span shows that a message arrived', () => {
    assert.deepEqual(peersOf('redis', 'publish'), [
      'to redis-billing InvoicesController.onCreated likely by code',
      'to redis-billing InvoicesController.get likely by code',
    ]);
    assert.deepEqual(peersOf('sqs', 'orders send'), [
      'to sqs-billing OrdersConsumer.handle likely by code',
    ]);
    assert.deepEqual(peersOf('redis', 'get'), []);
  });

  it('lead from a gRPC call to its method', () => {
    assert.deepEqual(peersOf('grpc', 'grpc.billing.Invoices/FindOne'), [
      'to grpc-billing InvoicesController.find strong',
      'from grpc-orders gRPC Invoices/FindOne in OrdersController.invoice strong',
    ]);
  });

  it('lead from each span of a proxy to the handler behind, and from there to its router', () => {
    const request = makeSpan({
      id: '00000000000000a1',
      name: 'DELETE /api/orders/:id',
      kind: 'server',
      attributes: { 'http.request.method': 'DELETE', 'http.route': '/api/orders/:id' },
    });
    const proxied = { ...mapSpans(behindTraefik([request]), shopIndex), index: shopIndex };
    const { spans } = proxied.trace;
    const found = spans.map(({ name }, row) => [
      name,
      ...spanPeers(spanRow(row), proxied).map(shown),
    ]);
    const to = 'to shop-api OrdersController.remove strong';
    assert.deepEqual(found, [
      ['DELETE', to],
      ['Router', to],
      ['StripPrefix', to],
      ['Service', to],
      ['ReverseProxy', to],
      ['DELETE /api/orders/:id', 'from edge unknown'],
    ]);
    const [sender] = spanPeers(spanRow(5), proxied);
    assert.deepEqual([sender?.row, sender?.operation], [1, 'Router shop@file: PathPrefix(`/api`)']);
  });

  it('follow a link into another trace, once that was read', () => {
    const traces = brokerTraces('sqs').map(indexed);
    const receiving = traces.find(({ trace }) => trace.spans[0]?.links.length === 1)!;
    const [peer] = spanPeers(spanRow(0), receiving);
    assert.equal(peer && shown(peer), 'from  unknown by link');
    const { traceId, spanId } = receiving.trace.spans[0]!.links[0]!;
    const linked = traces.find(({ trace }) => trace.traceId === traceId)!;
    assert.match(
      shown(resolvePeer(peer!, spanId, linked)),
      /^from sqs-orders SQS (send orders in OrdersService\.created|SendMessage shipping in SqsSender\.ship) strong by link$/,
    );
    assert.equal(resolvePeer(peer!, '0000000000000001', linked), peer);
  });
});
