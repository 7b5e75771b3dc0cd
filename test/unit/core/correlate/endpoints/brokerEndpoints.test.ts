import assert from 'node:assert/strict';
import { epochMicroseconds } from '../../../../../src/core/base/units.ts';
import { endpointRows } from '../../../../../src/core/correlate/endpoints/endpoints.ts';
import { figuresFromTraces } from '../../../../../src/core/correlate/figures/figuresFromTraces.ts';
import {
  brokerTraces,
  indexBrokerApps,
  type BrokerRecording,
} from '../../../../support/brokerApps.ts';
import { foldersOf } from '../../../../support/mapTrace.ts';

const index = indexBrokerApps();
const window = {
  start: epochMicroseconds(0),
  end: epochMicroseconds(Number.MAX_SAFE_INTEGER),
};

/** `BooksResolver.findBook 3`: handlers with requests; then what has no handler, in quotes. */
function counted(recording: BrokerRecording): string[] {
  const traces = brokerTraces(recording);
  const answer = {
    operations: figuresFromTraces(traces, window),
    window,
    basis: 'sampled',
    dropped: [],
    droppedCount: 0,
    sampledTraces: traces.length,
    fetchedAt: window.end,
    complete: true,
    reason: '',
  } as const;
  return endpointRows(answer, index, foldersOf(traces.flat(), index), 'test').flatMap(
    ({ handler, key, figures }) => {
      if (!figures) return [];
      const title = handler ? `${handler.controller}.${handler.handler}` : `"${key?.name}"`;
      return [`${title} ${figures.count}`];
    },
  );
}

describe('figures of services behind real brokers', () => {
  it('count a message for its handler, and a request for its own', () => {
    assert.deepEqual(counted('kafka'), [
      'OrdersController.create 1',
      'OrdersController.cancel 2',
      'OrdersController.invoice 1',
      'OrdersController.record 1',
      'InvoicesController.onCreated 1',
      'InvoicesController.onCancelled 5',
      'InvoicesController.get 1',
    ]);
    assert.deepEqual(counted('bullmq').slice(2), [
      'EmailsProcessor.process 3',
      'ReportsProcessor.process 2',
    ]);
    assert.deepEqual(counted('rabbitmq').slice(6), [
      'InvoicesController.onCreated 1',
      'InvoicesController.get 1',
      'PaymentsConsumer.onPaid 1',
      'PaymentsConsumer.audit 1',
      'PaymentsConsumer.price 1',
      'MailController.send 1',
      'StockController.reserve 1',
    ]);
    assert.deepEqual(counted('grpc').slice(2), [
      'InvoicesController.find 2',
      'InvoicesController.watch 1',
    ]);
  });

  it('count a GraphQL operation for the resolver of its field, and one with several for none', () => {
    assert.deepEqual(counted('apollo'), [
      'BooksResolver.books 4',
      'BooksResolver.findBook 2',
      'BooksResolver.bookCount 4',
      'BooksResolver.addBook 2',
      'BooksResolver.bookAdded 1',
      '"POST /graphql" 12',
      '"query Two" 1',
      '"GET /graphql" 1',
    ]);
  });

  it('count the spans of resolvers themselves, where there are any', () => {
    assert.deepEqual(counted('mercurius').slice(0, 3), [
      'ShelvesResolver.all 3',
      'ShelvesResolver.shelf 1',
      'ShelvesResolver.books 4',
    ]);
  });
});
