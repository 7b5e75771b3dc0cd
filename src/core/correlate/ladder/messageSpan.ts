import { message } from '../../base/message.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import type { SpanMatch } from '../match.ts';
import { matchConsumer } from './consumer.ts';
import { unmapped } from './handlerMatch.ts';
import { placeOf, serviceOf, type LadderState } from './ladderState.ts';
import { isHandling, messageNames } from './messageNames.ts';

/** Spans of kafkajs, amqplib, the AWS SDK's SQS and bullmq-otel that consume; undefined for any other. */
export function matchMessageSpan(
  span: RawSpan,
  row: number,
  state: LadderState,
): SpanMatch | undefined {
  if (isPoll(span) || span.kind === 'consumer') {
    const names = messageNames(span);
    const consumer = names && {
      ...names,
      service: serviceOf(state, row),
      isHandling: isHandling(span),
    };
    return consumer && matchConsumer(consumer, placeOf(state, row), state.index);
  }
  if (span.kind === 'internal' && bullOperation(span) !== undefined) {
    return unmapped(
      'framework',
      message("The queue's own work on a job: no line of the workspace."),
    );
  }
  return undefined;
}

/** kafkajs fetches a batch with a client's span. */
const isPoll = ({ kind, attributes }: RawSpan) =>
  kind === 'client' &&
  textAttribute(attributes, 'messaging.operation.type') === 'receive' &&
  textAttribute(attributes, 'messaging.operation.name') === 'poll';

const bullOperation = ({ attributes }: RawSpan) =>
  textAttribute(attributes, 'bullmq.queue.operation');
