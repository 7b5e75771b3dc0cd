import { attributeOf, textAttribute, type Attributes, type RawSpan } from '../../trace/rawSpan.ts';
import { consumedBy, fetchedBy, jobOf } from './messageOperation.ts';
import { bullQueueKeys, messageSystem } from './messageSystem.ts';

/** What a span, or a row of figures, says of the message it sends or handles; empty text: not known. */
export interface MessageNames {
  /** `messaging.system` in its newest spelling; empty: only a name is known. */
  readonly system: string;
  /** Topic, queue, or event of a socket. */
  readonly destination: string;
  /**
   * Of RabbitMQ: where the message was published; undefined when that is not known, empty for the default,
   * `someExchange` for any other whose name isn't known.
   */
  readonly exchange: string | undefined;
  /** Of RabbitMQ. */
  readonly routingKey: string;
  /** Of Bull and BullMQ. */
  readonly job: string;
  /** Whether the sender waits for an answer; undefined when the span can't tell. */
  readonly isRequest: boolean | undefined;
}

/** Not the default one. */
export const someExchange = '*';

/** Only the name of the span is known. */
export const namedOnly = (destination: string): MessageNames => ({
  system: '',
  destination,
  exchange: undefined,
  routingKey: '',
  job: '',
  isRequest: undefined,
});

/**
 * Of spans of kafkajs, amqplib, the AWS SDK's SQS, those of Bull and BullMQ, socket.io and ioredis' `publish`, of
 * either side; undefined for any other. Attribute names of all ages, as their instrumentations write them.
 */
export function messageNames(span: RawSpan): MessageNames | undefined {
  const { name, attributes } = span;
  const system = messageSystem(attributes);
  const text = (...keys: readonly string[]) => textAttribute(attributes, ...keys) ?? '';
  if (system === '') return published(name, text('db.query.text', 'db.statement'), text);
  const common = { ...namedOnly(''), system };
  const stated = text(...destinationKeys);
  switch (system) {
    case 'rabbitmq':
      return { ...common, ...rabbitNames(span) };
    case 'bullmq': {
      const queue = text(...bullQueueKeys);
      const destination = queue || stated || (consumedBy(name) ?? '');
      return { ...common, destination, job: jobOf(span) };
    }
    case 'socket.io':
      return { ...common, destination: text('messaging.socket.io.event_name') };
    case 'aws_sqs': {
      const queue = stated || text(...queueUrlKeys) || (consumedBy(name) ?? fetchedBy(name));
      return { ...common, destination: lastPart(queue) };
    }
    default: {
      const named = stated || text('messaging.destination.template');
      return { ...common, destination: named || (consumedBy(name) ?? fetchedBy(name)) };
    }
  }
}

const destinationKeys = ['messaging.destination.name', 'messaging.destination'] as const;
const queueUrlKeys = ['messaging.url', 'aws.queue.url', 'aws.sqs.queue.url', 'aws.sqs.queue_url'];

/** `orders.fifo` of a queue's URL or ARN. */
const lastPart = (queue: string): string => queue.slice(queue.search(/[^/:]*$/));

/** `PUBLISH channel …` of Redis: how NestJS's Redis transport sends. */
function published(
  name: string,
  statement: string,
  text: (...keys: readonly string[]) => string,
): MessageNames | undefined {
  if (text('db.system.name', 'db.system') !== 'redis' || !/^(?:redis-)?publish$/i.test(name)) {
    return undefined;
  }
  const [, channel = ''] = /^publish (\S+)/i.exec(statement) ?? [];
  return { ...namedOnly(channel), system: 'redis' };
}

/** amqplib's destination is the exchange: only a consumer's name has its queue. */
function rabbitNames({ name, attributes, kind }: RawSpan) {
  const routingKey =
    textAttribute(
      attributes,
      'messaging.rabbitmq.destination.routing_key',
      'messaging.rabbitmq.routing_key',
    ) ?? '';
  const isRequest =
    attributeOf(attributes, 'messaging.message.conversation_id') !== undefined ||
    attributeOf(attributes, 'messaging.conversation_id') !== undefined;
  const place =
    kind === 'consumer'
      ? consumedPlace(consumedBy(name) ?? '', attributes)
      : { destination: '', exchange: exchangeOf(attributes, routingKey) };
  return { routingKey, isRequest, ...place };
}

/** Newer conventions write `exchange:routing key` for a producer, with neither where it is empty. */
function exchangeOf(attributes: Attributes, routingKey: string): string | undefined {
  const stated = textAttribute(attributes, ...destinationKeys);
  const end = `:${routingKey}`;
  return stated?.endsWith(end) ? stated.slice(0, -end.length) : stated;
}

/**
 * Newer conventions write `exchange:routing key:queue` for a consumer, without parts that are empty or repeat.
 *
 * @param consumed what the span's name says it consumes; may be empty.
 */
function consumedPlace(
  consumed: string,
  attributes: Attributes,
): Pick<MessageNames, 'destination' | 'exchange'> {
  const old = textAttribute(attributes, 'messaging.destination');
  const stated = textAttribute(attributes, ...destinationKeys);
  const isQueue =
    textAttribute(attributes, 'messaging.destination_kind') === 'queue' ||
    (old === undefined && (consumed === '' || consumed === stated));
  if (stated === undefined || !isQueue) return { destination: consumed, exchange: stated };
  const parts = stated.split(':');
  return {
    destination: parts.at(-1) ?? '',
    exchange: parts.length > 1 ? parts[0] : undefined,
  };
}
