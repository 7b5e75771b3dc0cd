import { attributeOf, textAttribute, type RawSpan } from '../../trace/rawSpan.ts';

/** What a span, or a row of figures, says of the message it sends or handles; empty text: not known. */
export interface MessageNames {
  /** `messaging.system`, `bullmq`; empty: only a name is known. */
  readonly system: string;
  /** Topic, queue, or event of a socket. */
  readonly destination: string;
  /** Of RabbitMQ: where the message was published; undefined when that is not known, empty for the default. */
  readonly exchange: string | undefined;
  /** Of RabbitMQ. */
  readonly routingKey: string;
  /** Of BullMQ. */
  readonly job: string;
  /** Whether the sender waits for an answer; undefined when the span can't tell. */
  readonly isRequest: boolean | undefined;
}

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
 * Of spans of kafkajs, amqplib, the AWS SDK's SQS, bullmq-otel, socket.io and ioredis' `publish`, of either
 * side; undefined for any other. Attribute names old and new, as their instrumentations write them.
 */
export function messageNames({ name, attributes, kind }: RawSpan): MessageNames | undefined {
  const text = (...keys: readonly string[]) => textAttribute(attributes, ...keys) ?? '';
  const queue = text('bullmq.queue.name');
  const system = queue === '' ? text('messaging.system') : 'bullmq';
  if (system === '') return published(name, text('db.query.text', 'db.statement'), text);
  const stated = text('messaging.destination.name', 'messaging.destination');
  const common = { ...namedOnly(''), system, job: text('bullmq.job.name') };
  switch (system) {
    case 'rabbitmq':
      return {
        ...common,
        // amqplib's attribute is the exchange: only a consumer's name has the queue.
        destination: kind === 'consumer' ? (consumedBy(name) ?? '') : '',
        exchange: stated,
        routingKey: text(
          'messaging.rabbitmq.destination.routing_key',
          'messaging.rabbitmq.routing_key',
        ),
        isRequest:
          attributeOf(attributes, 'messaging.message.conversation_id') !== undefined ||
          attributeOf(attributes, 'messaging.conversation_id') !== undefined,
      };
    case 'bullmq':
      return { ...common, destination: queue };
    case 'socket.io':
      return { ...common, destination: text('messaging.socket.io.event_name') };
    default:
      return { ...common, destination: stated || (consumedBy(name) ?? fetchedBy(name)) };
  }
}

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

/** `process orders` of kafkajs and BullMQ, `orders process` of amqplib and SQS; undefined: no consumer's name. */
export function consumedBy(name: string): string | undefined {
  const [, after, before] = /^(?:process (.+)|(.+) process)$/s.exec(name) ?? [];
  return after ?? before;
}

/**
 * Whether a consumer's span is the handling of a message, not only the fetching. Older instrumentations name
 * the span like its topic: then the operation tells.
 */
export const isHandling = ({ name, attributes }: RawSpan): boolean =>
  consumedBy(name) !== undefined ||
  textAttribute(attributes, 'messaging.system') === 'socket.io' ||
  textAttribute(attributes, 'messaging.operation.type', 'messaging.operation') === 'process';

/** `orders receive` of the AWS SDK, `poll orders` of kafkajs: messages are fetched, not handled yet. Else empty. */
export const fetchedBy = (name: string): string => {
  const [, before, after] = /^(?:(.+) receive|poll (.+))$/s.exec(name) ?? [];
  return before ?? after ?? '';
};
