import { message } from '../../base/message.ts';
import type { CodeIndex, MessageHandler } from '../../code/model.ts';
import type { SpanMatch } from '../match.ts';
import { handlerMatch, unmapped } from './handlerMatch.ts';
import { isKnownSystem, listenersOf, namesHandler } from './listeners.ts';
import { lookupsOf } from './lookups.ts';
import type { MessageNames } from './messageNames.ts';
import { elsewhere, type ServicePlace } from './request.ts';

/** A message that a service takes. */
export interface ConsumerNames extends MessageNames {
  readonly service: string;
  /** False where messages are fetched: what handles them runs later. */
  readonly isHandling: boolean;
}

/** Step 5 of the ladder: the handler that listens to the topic, queue or job of a message. */
export function matchConsumer(
  names: ConsumerNames,
  place: ServicePlace,
  index: CodeIndex,
): SpanMatch {
  const { service, destination } = names;
  if (destination === '')
    return unmapped('unnamedMessage', message('The span does not say what it consumes.'));
  const handlers = lookupsOf(index).messageHandlers;
  const all = listenersOf(handlers, names);
  if (all.length === 0) return withoutListener(names, handlers);
  const own = all.filter(({ project }) => project === place.project?.id);
  const reason = names.isHandling
    ? message('It listens to {0}.', destination)
    : message('It listens to {0}; this span only fetches the messages.', destination);
  if (own.length === 0)
    return handlerMatch(all, 'likely', `${reason} ${elsewhere(service, place)}`);
  if (!isToldApart(own, names)) return anyOf(own, destination);
  const isNamed = own.every((handler) => namesHandler(handler, names) || isOnly(own, names));
  const isSure = names.isHandling && isNamed && isKnownSystem(names.system);
  return handlerMatch(own, isSure ? 'strong' : 'likely', reason);
}

/** One handler, or the message says which. */
function isToldApart(own: readonly MessageHandler[], names: MessageNames): boolean {
  return (
    own.length === 1 || !isTransportMessage(own, names) || own.some((h) => namesHandler(h, names))
  );
}

/** The only one that the queue's handlers leave: as sure as a name. */
const isOnly = (own: readonly MessageHandler[], names: MessageNames): boolean =>
  own.length === 1 && isTransportMessage(own, names) && own[0]?.queue === names.destination;

const isTransportMessage = (own: readonly MessageHandler[], { exchange }: MessageNames): boolean =>
  exchange === '' && own.every(({ library }) => library.startsWith('@nestjs/microservices'));

function anyOf(own: readonly MessageHandler[], queue: string): SpanMatch {
  const reason = message(
    "NestJS's RabbitMQ transport has the pattern inside the message: any handler of the queue {0} may have taken it.",
    queue,
  );
  return handlerMatch(own, 'weak', reason);
}

/** An answer goes to whoever waits for it, everything else should have a handler. */
function withoutListener(
  { destination, system }: MessageNames,
  handlers: readonly MessageHandler[],
): SpanMatch {
  const asked = /^(.+)\.reply$/s.exec(destination)?.[1];
  const isAnswer =
    system === 'rabbitmq'
      ? destination.startsWith('amq.rabbitmq.reply-to')
      : handlers.some(({ kind, pattern }) => kind === 'message' && pattern === asked);
  if (isAnswer) {
    return unmapped(
      'framework',
      message('The answer to a request: the code that sent it waits for it, no handler does.'),
    );
  }
  return unmapped('noListener', message('No handler here is known to listen to {0}.', destination));
}
