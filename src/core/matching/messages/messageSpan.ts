import { message } from '../../base/message.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import { isMatch, type SpanMatch } from '../match.ts';
import { matchConsumer } from './consumer.ts';
import { unmapped } from '../handlerMatch.ts';
import { placeOf, serviceOf, type MatchContext } from '../matchContext.ts';
import { messageNames } from './messageNames.ts';
import { isFetching, isHandling } from './messageOperation.ts';
import { messageSystem } from './messageSystem.ts';

/** Spans of kafkajs, amqplib, the AWS SDK's SQS and of Bull and BullMQ that consume; undefined for any other. */
export function matchMessageSpan(
  span: RawSpan,
  row: number,
  context: MatchContext,
): SpanMatch | undefined {
  if (span.kind === 'consumer' || isFetching(span)) {
    const names = messageNames(span);
    const consumer = names && {
      ...names,
      service: serviceOf(row, context),
      isHandling: isHandling(span),
    };
    const match = consumer && matchConsumer(consumer, placeOf(row, context), context.index);
    // What code fetches itself, in a handler or wherever, has no listener: it is a call like others.
    const isCall = span.kind === 'client' && consumer?.system !== 'kafka';
    return isCall && match && !isMatch(match) ? undefined : match;
  }
  if (span.kind === 'internal' && isQueueWork(span)) {
    return unmapped('framework', message('Internal work of the queue, not workspace code.'));
  }
  return undefined;
}

/** BullMQ looks after its jobs, or runs a worker as long as it lives. */
const isQueueWork = ({ attributes }: RawSpan) =>
  textAttribute(attributes, 'bullmq.queue.operation', 'messaging.bullmq.worker.name') !==
    undefined && messageSystem(attributes) === 'bullmq';
