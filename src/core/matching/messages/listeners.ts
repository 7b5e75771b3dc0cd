import { anyJob, unnamedJob } from '../../code/nest/messages/bullJobs.ts';
import type { MessageHandler } from '../../code/model.ts';
import { someExchange, type MessageNames } from './messageNames.ts';
import { queueFit, surest, type Fit } from './queueFit.ts';
import {
  fitsChannelPattern,
  fitsRoutingKey,
  fitsShape,
  fitsSubject,
  fitsTopicFilter,
} from './wildcards.ts';

/** A handler that a message may be for. */
export interface Listener {
  readonly handler: MessageHandler;
  readonly fit: Fit;
}

type Listens = (handler: MessageHandler, names: MessageNames) => Fit | undefined;

const when = (fits: boolean, fit: Fit = 'sure'): Fit | undefined => (fits ? fit : undefined);

export const isTransport = ({ kind, library }: MessageHandler) =>
  (kind === 'message' || kind === 'event') && library.startsWith('@nestjs/microservices');

type Fits = (name: string, pattern: string) => boolean;

/** Of NestJS's transports: topics, channels and subjects are their patterns, for some only where it is set so. */
const isPattern =
  (transport: string, fits: Fits = isSame, mayFit: Fits = fits): Listens =>
  (handler, { destination }) => {
    if (!isTransport(handler) || (handler.transport ?? transport) !== transport) return undefined;
    const { pattern, possible } = handler;
    if (pattern !== '' && fits(destination, pattern)) return 'sure';
    if (pattern !== '' && mayFit(destination, pattern)) return 'likely';
    const shape = possible?.shape ?? '';
    return when(/[^*]/.test(shape) && fitsShape(destination, shape), 'likely');
  };

const isSame: Fits = (a, b) => a === b;

/** By system, which handlers take the messages of a topic, queue, channel or socket. */
const listeners: Readonly<Record<string, Listens>> = {
  kafka: isPattern('KAFKA'),
  redis: isPattern('REDIS', isSame, fitsChannelPattern),
  nats: isPattern('NATS', fitsSubject),
  mqtt: isPattern('MQTT', fitsTopicFilter),
  rabbitmq: (handler, names) => fitOfRabbit(handler, names) ?? fitOfTransportQueue(handler, names),
  aws_sqs: (handler, { destination }) =>
    handler.kind === 'queue' && handler.library.includes('sqs')
      ? queueFit(handler, destination)
      : undefined,
  bullmq: (handler, { destination }) =>
    handler.kind === 'queue' && handler.library.includes('bull')
      ? queueFit(handler, destination)
      : undefined,
  'socket.io': ({ kind, pattern }, { destination }) =>
    when(kind === 'ws' && pattern === destination),
};

export const isKnownSystem = (system: string): boolean => Object.hasOwn(listeners, system);

/**
 * The handlers that the message may be for, in any service; of an unknown system all that have the name, and none of
 * which nothing is known.
 */
export function listenersOf(
  handlers: readonly MessageHandler[],
  names: MessageNames,
): readonly Listener[] {
  const isKnown = isKnownSystem(names.system);
  const listens = isKnown ? [listeners[names.system]] : Object.values(listeners);
  const found = handlers.flatMap((handler) => {
    const fit = surest(listens.map((of) => of?.(handler, names)));
    return fit && (isKnown || fit !== 'open') ? [{ handler, fit }] : [];
  });
  return inOrder(found, names);
}

/** Those of the best fit that there is, and of these the ones for the message's job. */
export function surestOf(found: readonly Listener[], names: MessageNames): readonly Listener[] {
  const best = surest(found.map(({ fit }) => fit));
  return forJob(
    found.filter(({ fit }) => fit === best),
    names,
  );
}

/**
 * Of a queue's handlers those of the job: by its name, else the one for all others. One without a name gets only
 * jobs without a name. BullMQ's have all jobs.
 */
function forJob(found: readonly Listener[], { job }: MessageNames): readonly Listener[] {
  if (job === '') return found;
  const isFor = (names: readonly (string | undefined)[]) =>
    found.filter(({ handler: { kind, job: own } }) => kind !== 'queue' || names.includes(own));
  const named = isFor([job, undefined]);
  if (named.length > 0) return named;
  const others = isFor([anyJob]);
  if (others.length > 0) return others;
  return isFor([unnamedJob, '']).map(({ handler }) => ({ handler, fit: 'likely' }));
}

/** RabbitMQ gives a queue's messages to its consumers in turn, whatever their keys: the one that says the key first. */
function inOrder(found: readonly Listener[], names: MessageNames): readonly Listener[] {
  if (names.system !== 'rabbitmq' || names.routingKey === '') return found;
  const says = ({ handler }: Listener) => fitsRoutingKey(names.routingKey, handler.pattern);
  return [...found.filter(says), ...found.filter((one) => !says(one))];
}

/** Of @golevelup/nestjs-rabbitmq: by its queue, whatever the key; without a queue's name by exchange and key. */
function fitOfRabbit(handler: MessageHandler, names: MessageNames): Fit | undefined {
  const { destination, routingKey, exchange } = names;
  if (!handler.library.startsWith('@golevelup/')) return undefined;
  // A message to the default exchange goes to the queue that its routing key names.
  if (destination === '' && exchange === '') return queueFit(handler, routingKey);
  const byQueue = queueFit(handler, destination);
  if (byQueue === 'sure') return byQueue;
  const isServerNamed = handler.queue === undefined && destination.startsWith('amq.gen');
  if (byQueue === undefined && destination !== '' && !isServerNamed) return undefined;
  const isFrom =
    exchange === undefined ||
    exchange === someExchange ||
    (handler.exchange ?? exchange) === exchange;
  if (!isFrom || !fitsRoutingKey(routingKey, handler.pattern)) return byQueue;
  return destination === '' ? 'sure' : 'likely';
}

/**
 * Of NestJS's RabbitMQ transport. Its messages have their pattern inside, where no span shows it; with
 * `wildcards` an exchange gets them and the pattern is the routing key.
 */
function fitOfTransportQueue(handler: MessageHandler, names: MessageNames): Fit | undefined {
  const { destination, exchange, routingKey, isRequest } = names;
  const { queue, kind, pattern, transport = 'RMQ' } = handler;
  if (!isTransport(handler) || queue === undefined || transport !== 'RMQ') return undefined;
  const isDefault = exchange === '' || exchange === undefined;
  const of = destination === '' && isDefault ? routingKey : destination;
  const fit = queue === '' || of === '' ? 'likely' : queueFit(handler, of);
  if (fit === undefined) return undefined;
  if (!isDefault && fitsRoutingKey(routingKey, pattern))
    return when(queue === destination && routingKey === pattern) ?? 'likely';
  if (of === '' || (isRequest !== undefined && isRequest !== (kind === 'message')))
    return undefined;
  return isDefault ? fit : 'open';
}
