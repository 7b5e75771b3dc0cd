import assert from 'node:assert/strict';
import { handlerTies, tiesNow } from '../../../../src/core/correlate/ties/handlerTies.ts';
import {
  brokerTraces,
  indexBrokerApps,
  type BrokerRecording,
} from '../../../support/brokerApps.ts';
import { makeIndex } from '../../../support/codeIndex.ts';
import { mapSpans } from '../../../support/mapTrace.ts';

const index = indexBrokerApps();
const tiesOf = (recording: BrokerRecording) =>
  handlerTies(
    brokerTraces(recording).map((spans) => mapSpans(spans, index)),
    index,
  );

/** `OrdersController.cancel → kafka-billing InvoicesController.onCancelled 2`, and `←` for the way back. */
function shown(recording: BrokerRecording): string[] {
  return [...tiesOf(recording)].flatMap(([id, { to, from }]) => {
    const { controller, handler } = index.handlers.find((one) => one.id === id)!;
    const line = (arrow: string) => (tie: (typeof to)[number]) =>
      `${controller}.${handler} ${arrow} ${tie.service} ${tie.symbol} ${tie.traces}`;
    return [...to.map(line('→')), ...from.map(line('←'))];
  });
}

describe('handlerTies', () => {
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

  it('forget handlers that are gone', () => {
    const [ties] = tiesOf('kafka').values();
    assert.deepEqual(tiesNow(ties!, makeIndex({})), { to: [], from: [] });
    assert.deepEqual(tiesNow(ties!, index), ties);
  });
});
