import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import type { SpanMatch } from '../match.ts';
import { consumedBy, matchConsumer, type ConsumerNames } from './consumer.ts';
import { placeOf, serviceOf, type LadderState } from './ladderState.ts';

/** Spans of kafkajs, amqplib, the AWS SDK's SQS and bullmq-otel that consume; undefined for any other. */
export function matchMessageSpan(
  span: RawSpan,
  row: number,
  state: LadderState,
): SpanMatch | undefined {
  if (span.kind !== 'consumer') return undefined;
  const names = namesOf(span, row, state);
  return names && matchConsumer(names, placeOf(state, row), state.index);
}

function namesOf(
  { name, attributes }: RawSpan,
  row: number,
  state: LadderState,
): ConsumerNames | undefined {
  const text = (...keys: readonly string[]) => textAttribute(attributes, ...keys) ?? '';
  const bullQueue = text('bullmq.queue.name');
  const system = bullQueue === '' ? text('messaging.system') : 'bullmq';
  if (system === '') return undefined;
  const consumed = consumedBy(name);
  const stated = text('messaging.destination.name', 'messaging.destination');
  return {
    service: serviceOf(state, row),
    system,
    // amqplib's attribute is the exchange: only the name has the queue.
    destination:
      system === 'rabbitmq' ? (consumed ?? '') : bullQueue || stated || (consumed ?? polled(name)),
    routingKey: text(
      'messaging.rabbitmq.destination.routing_key',
      'messaging.rabbitmq.routing_key',
    ),
    job: text('bullmq.job.name'),
    isHandling: consumed !== undefined,
  };
}

/** `orders receive` of the AWS SDK. */
const polled = (name: string) => /^(.+) receive$/s.exec(name)?.[1] ?? '';
