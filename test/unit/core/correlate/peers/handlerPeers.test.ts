import assert from 'node:assert/strict';
import { peerSentences } from '../../../../../src/core/correlate/lens/basisText.ts';
import { handlerPeers, peersNow } from '../../../../../src/core/correlate/peers/handlerPeers.ts';
import {
  brokerTraces,
  indexBrokerApps,
  type BrokerRecording,
} from '../../../../support/brokerApps.ts';
import { makeIndex } from '../../../../support/codeIndex.ts';
import { shopIndex } from '../../../../support/handMadeShop.ts';
import { mapSpans } from '../../../../support/mapTrace.ts';
import { makeSpan } from '../../../../support/span.ts';
import { behindTraefik } from '../../../../support/traefik.ts';

const index = indexBrokerApps();
const peersOf = (recording: BrokerRecording) =>
  handlerPeers(
    brokerTraces(recording).map((spans) => mapSpans(spans, index)),
    index,
  );

/** `OrdersController.cancel → kafka-billing InvoicesController.onCancelled 2`, and `←` for the way back. */
function shown(recording: BrokerRecording): string[] {
  return [...peersOf(recording)].flatMap(([id, { to, from }]) => {
    const { controller, handler } = index.handlers.find((one) => one.id === id)!;
    const line = (arrow: string) => (peer: (typeof to)[number]) =>
      `${controller}.${handler} ${arrow} ${peer.service} ${peer.symbol} ${peer.traces}`;
    return [...to.map(line('→')), ...from.map(line('←'))];
  });
}

describe('handlerPeers', () => {
  it('tell which handlers send to which, and back, with the number of traces', () => {
    assert.deepEqual(shown('kafka'), [
      'OrdersController.create → kafka-billing InvoicesController.onCreated 1',
      'InvoicesController.onCreated ← kafka-orders OrdersController.create 1',
      'OrdersController.cancel → kafka-billing InvoicesController.onCancelled 2',
      'InvoicesController.onCancelled ← kafka-orders OrdersController.cancel 2',
      'OrdersController.invoice → kafka-billing InvoicesController.get 1',
      'InvoicesController.get ← kafka-orders OrdersController.invoice 1',
    ]);
    assert.deepEqual(shown('grpc').slice(0, 2), [
      'OrdersController.invoice → grpc-billing InvoicesController.find 2',
      'InvoicesController.find ← grpc-orders OrdersController.invoice 2',
    ]);
  });

  it('follow links between sampled traces, and the code where no message was seen to arrive', () => {
    assert.ok(
      shown('sqs').includes('OrdersConsumer.handle ← sqs-orders OrdersController.create 2'),
    );
    assert.ok(
      shown('redis').includes(
        'OrdersController.create → redis-billing InvoicesController.onCreated 1',
      ),
    );
  });

  it('tell through which proxies a handler was asked, by router where there is one', () => {
    const request = (id: string) =>
      makeSpan({
        id,
        name: 'DELETE /api/orders/:id',
        kind: 'server',
        attributes: { 'http.request.method': 'DELETE', 'http.route': '/api/orders/:id' },
      });
    const nginx = makeSpan({ id: 'n', kind: 'server', service: 'gateway', scope: 'nginx' });
    const behindNginx = { ...request('b'), parentSpanId: 'n' };
    const traces = [behindTraefik([request('a')]), [nginx, behindNginx], [request('c')]];
    const peers = handlerPeers(
      traces.map((spans) => mapSpans(spans, shopIndex)),
      shopIndex,
    );
    const remove = shopIndex.handlers.find(({ handler }) => handler === 'remove')!;
    const found = peers.get(remove.id)!;
    assert.deepEqual(found.proxies, [
      { name: 'Traefik router shop@file', service: 'edge', traces: 1 },
      { name: 'nginx', service: 'gateway', traces: 1 },
    ]);
    assert.deepEqual(peerSentences(found), [
      'Called through: Traefik router shop@file (edge), nginx (gateway)',
    ]);
    assert.equal(peers.size, 1, 'a proxy is no handler');
  });

  it('forget handlers that are gone', () => {
    const [peers] = peersOf('kafka').values();
    assert.deepEqual(peersNow(peers!, makeIndex({})), { to: [], from: [], proxies: [] });
    assert.deepEqual(peersNow(peers!, index), peers);
  });
});
