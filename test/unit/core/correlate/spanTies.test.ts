import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import { isMatch } from '../../../../src/core/correlate/match.ts';
import {
  resolveTie,
  spanTies,
  type SpanTie,
  type TiedTrace,
} from '../../../../src/core/correlate/ties/spanTies.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import {
  brokerTraces,
  indexBrokerApps,
  type BrokerRecording,
} from '../../../support/brokerApps.ts';
import { shopIndex } from '../../../support/handMadeShop.ts';
import { mapSpans } from '../../../support/mapTrace.ts';
import { makeSpan } from '../../../support/span.ts';
import { behindTraefik } from '../../../support/traefik.ts';

const index = indexBrokerApps();
const tied = (spans: readonly RawSpan[]): TiedTrace => ({ ...mapSpans(spans, index), index });

/** `to kafka-billing InvoicesController.onCreated strong`, `×2` where it happened again. */
function shown({ direction, service, match, count, row, link }: SpanTie): string {
  const code = match && isMatch(match) ? `${match.symbol} ${match.confidence}` : 'unknown';
  const where = row === undefined ? (link === undefined ? ' by code' : ' by link') : '';
  return `${direction} ${service} ${code}${count > 1 ? ` ×${count}` : ''}${where}`;
}

/** The ties of the spans with a name, in every trace of a recording, each once. */
function tiesOf(recording: BrokerRecording, name: string): string[] {
  const found = new Set<string>();
  for (const spans of brokerTraces(recording)) {
    const trace = tied(spans);
    for (const [row, span] of trace.trace.spans.entries()) {
      if (span.name !== name) continue;
      for (const tie of spanTies(spanRow(row), trace)) found.add(shown(tie));
    }
  }
  return [...found];
}

describe('the ties of a span', () => {
  it('lead from a message to its handler in another service, and back', () => {
    assert.deepEqual(tiesOf('kafka', 'send order.created'), [
      'to kafka-billing InvoicesController.onCreated strong',
    ]);
    assert.deepEqual(tiesOf('kafka', 'process order.created'), [
      'from kafka-orders OrdersController.create weak',
    ]);
    assert.deepEqual(tiesOf('bullmq', 'add emails.welcome'), [
      'to jobs-worker EmailsProcessor.process strong',
      'to jobs-worker EmailsProcessor.process strong ×2',
    ]);
    assert.deepEqual(tiesOf('rabbitmq', 'payments process'), [
      'from rabbit-orders OrdersController.pay weak',
    ]);
  });

  it('lead to every handler of a message, and count those that tried again', () => {
    assert.deepEqual(tiesOf('rabbitmq', 'publish shop'), [
      'to rabbit-billing PaymentsConsumer.audit strong',
      'to rabbit-billing PaymentsConsumer.onPaid strong',
      'to rabbit-billing PaymentsConsumer.price strong',
    ]);
    assert.deepEqual(tiesOf('kafka', 'send order.cancelled'), [
      'to kafka-billing InvoicesController.onCancelled strong',
      'to kafka-billing InvoicesController.onCancelled strong ×4',
    ]);
  });

  it('lead to the code that listens, where no span shows that a message arrived', () => {
    assert.deepEqual(tiesOf('redis', 'publish'), [
      'to redis-billing InvoicesController.onCreated likely by code',
      'to redis-billing InvoicesController.get likely by code',
    ]);
    assert.deepEqual(tiesOf('sqs', 'orders send'), [
      'to sqs-billing OrdersConsumer.handle likely by code',
    ]);
    assert.deepEqual(tiesOf('redis', 'get'), []);
  });

  it('lead from a gRPC call to its method', () => {
    assert.deepEqual(tiesOf('grpc', 'grpc.billing.Invoices/FindOne'), [
      'to grpc-billing InvoicesController.find strong',
      'from grpc-orders OrdersController.invoice weak',
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
      ...spanTies(spanRow(row), proxied).map(shown),
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
    const [sender] = spanTies(spanRow(5), proxied);
    assert.deepEqual([sender?.row, sender?.operation], [1, 'Router shop@file: PathPrefix(`/api`)']);
  });

  it('follow a link into another trace, once that was read', () => {
    const traces = brokerTraces('sqs').map(tied);
    const receiving = traces.find(({ trace }) => trace.spans[0]?.links.length === 1)!;
    const [tie] = spanTies(spanRow(0), receiving);
    assert.equal(tie && shown(tie), 'from  unknown by link');
    const { traceId, spanId } = receiving.trace.spans[0]!.links[0]!;
    const linked = traces.find(({ trace }) => trace.traceId === traceId)!;
    assert.match(
      shown(resolveTie(tie!, spanId, linked)),
      /^from sqs-orders OrdersController\.(create|ship) weak by link$/,
    );
    assert.equal(resolveTie(tie!, '0000000000000001', linked), tie);
  });
});
