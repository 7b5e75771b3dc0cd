import type { MessageHandler } from '../../code/model.ts';
import type { MessageNames } from './messageNames.ts';
import { fitsRoutingKey } from './routingKey.ts';

type Listens = (handler: MessageHandler, names: MessageNames) => boolean;

const isTransport = ({ kind, library }: MessageHandler) =>
  (kind === 'message' || kind === 'event') && library.startsWith('@nestjs/microservices');

const isPattern =
  (transport: string): Listens =>
  (handler, { destination }) =>
    isTransport(handler) &&
    handler.pattern === destination &&
    (handler.transport ?? transport) === transport;

/** By system, which handlers take the messages of a topic, queue, channel or socket. */
const listeners: Readonly<Record<string, Listens>> = {
  kafka: isPattern('KAFKA'),
  redis: isPattern('REDIS'),
  rabbitmq: (handler, names) => isRabbit(handler, names) || isTransportQueue(handler, names),
  aws_sqs: ({ kind, library, queue }, { destination }) =>
    kind === 'queue' && library.includes('sqs') && queue === destination,
  bullmq: ({ kind, library, queue, pattern }, { destination, job }) =>
    kind === 'queue' &&
    library.includes('bull') &&
    queue === destination &&
    (pattern === queue || pattern === `${destination}/${job}`),
  'socket.io': ({ kind, pattern }, { destination }) => kind === 'ws' && pattern === destination,
};

export const isKnownSystem = (system: string): boolean => Object.hasOwn(listeners, system);

/** The handlers that the message may be for, in any service; of an unknown system all that have the name. */
export function listenersOf(
  handlers: readonly MessageHandler[],
  names: MessageNames,
): readonly MessageHandler[] {
  const listens = isKnownSystem(names.system)
    ? [listeners[names.system]]
    : Object.values(listeners);
  return handlers.filter((handler) => listens.some((of) => of?.(handler, names)));
}

/** Of @golevelup/nestjs-rabbitmq, by its queue and its routing key. */
function isRabbit({ library, queue, pattern }: MessageHandler, names: MessageNames): boolean {
  const { destination, routingKey, exchange } = names;
  if (!library.startsWith('@golevelup/')) return false;
  // A message to the default exchange goes to the queue that its routing key names.
  if (destination === '') {
    return exchange === '' ? queue === routingKey : fitsRoutingKey(routingKey, pattern);
  }
  if ((queue ?? destination) !== destination) return false;
  if (pattern === queue) return true;
  return routingKey === '' ? queue === destination : fitsRoutingKey(routingKey, pattern);
}

/**
 * Of NestJS's RabbitMQ transport. Its messages have their pattern inside, where no span shows it; with
 * `wildcards` an exchange gets them and the pattern is the routing key.
 */
function isTransportQueue(handler: MessageHandler, names: MessageNames): boolean {
  const { destination, exchange, routingKey, isRequest } = names;
  const { queue, kind, pattern } = handler;
  if (!isTransport(handler) || queue === undefined) return false;
  const of = destination === '' && exchange === '' ? routingKey : destination;
  if (queue !== '' && of !== '' && queue !== of) return false;
  if (exchange !== undefined && exchange !== '') return fitsRoutingKey(routingKey, pattern);
  if (of === '') return false;
  return isRequest === undefined || isRequest === (kind === 'message');
}

/** Whether the message itself says which of a queue's handlers takes it. */
export function namesHandler(handler: MessageHandler, names: MessageNames): boolean {
  const { queue, pattern } = handler;
  const { destination, exchange, routingKey } = names;
  if (isTransport(handler) && names.system === 'rabbitmq') {
    return exchange !== '' && queue === destination && routingKey === pattern;
  }
  return queue === destination || pattern === destination;
}
