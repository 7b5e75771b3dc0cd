import { message } from '../../base/message.ts';
import type { CodeIndex, MessageHandler } from '../../code/model.ts';
import type { SpanMatch } from '../match.ts';
import { handlerMatch, unmapped } from '../handlerMatch.ts';
import { isKnownSystem, isTransport, listenersOf, surestOf, type Listener } from './listeners.ts';
import { lookupsOf } from '../lookups.ts';
import type { MessageNames } from './messageNames.ts';
import { elsewhere, type ServicePlace } from '../servicePlace.ts';

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
    return unmapped('unnamedMessage', message('The span has no topic or queue name.'));
  const handlers = lookupsOf(index).messageHandlers;
  const all = listenersOf(handlers, names);
  const ofProject = all.filter(({ handler }) => handler.project === place.project?.id);
  const own = surestOf(ofProject, names);
  if (own.length > 0) return matchOwn(own, names);
  const others = surestOf(
    all.filter(({ fit }) => fit !== 'open'),
    names,
  );
  if (others.length === 0) return withoutListener(names, handlers);
  const reason = `${reasonFor(others, names)} ${elsewhere(service, place)}`;
  return handlerMatch(handlersOf(others), 'likely', reason);
}

const handlersOf = (found: readonly Listener[]) => found.map(({ handler }) => handler);

function matchOwn(own: readonly Listener[], names: ConsumerNames): SpanMatch {
  const [first] = own;
  const handlers = handlersOf(own);
  if (handlers.length > 1 && isInsideMessage(own, names)) return anyOf(handlers, names.destination);
  if (first?.fit === 'open' && handlers.length > 1) return openOf(handlers, names.destination);
  const isSure = names.isHandling && first?.fit === 'sure' && isKnownSystem(names.system);
  return handlerMatch(handlers, isSure ? 'strong' : 'likely', reasonFor(own, names));
}

/** Several handlers of NestJS's RabbitMQ transport, of which the message doesn't say which. */
const isInsideMessage = (own: readonly Listener[], { system, exchange }: MessageNames): boolean =>
  own.every(({ handler }) => isTransport(handler)) &&
  system === 'rabbitmq' &&
  (exchange === '' || exchange === undefined || own.every(({ fit }) => fit === 'open'));

function anyOf(own: readonly MessageHandler[], queue: string): SpanMatch {
  const reason = message(
    'One of the handlers of queue {0}; with RabbitMQ, NestJS sends the pattern in the message body.',
    queue,
  );
  return handlerMatch(own, 'weak', reason);
}

function openOf(own: readonly MessageHandler[], queue: string): SpanMatch {
  const reason = message(
    'One of the handlers whose queue is set at run time may receive {0}.',
    queue,
  );
  return handlerMatch(own, 'weak', reason);
}

function reasonFor([first]: readonly Listener[], names: ConsumerNames): string {
  const { destination } = names;
  const { fit, handler } = first ?? {};
  if (fit === 'open' && handler?.possible) {
    return message(
      'The only handler that can receive {0}; its queue is set at run time.',
      destination,
    );
  }
  if (fit === 'likely' && handler?.possible) {
    return handler.possible.shape === undefined
      ? message('Its decorator has queue {0}, which no module registers.', destination)
      : message('{0} matches the code; the exact name is set at run time.', destination);
  }
  if (fit === 'likely' && names.system === 'redis' && handler && handler.pattern !== destination) {
    return message('Listens to {0} if wildcards are enabled.', handler.pattern);
  }
  return names.isHandling
    ? message('Listens to {0}.', destination)
    : message('Listens to {0}; this span only fetches messages.', destination);
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
    return unmapped('framework', message('Reply to a request; no handler receives it.'));
  }
  return unmapped('noListener', message('No handler found for {0}.', destination));
}
