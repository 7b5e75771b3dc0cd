import { message } from '../../base/message.ts';
import type { CodeIndex, MessageHandler } from '../../code/model.ts';
import type { SpanMatch } from '../match.ts';
import { handlerMatch, unmapped } from './handlerMatch.ts';
import { isKnownSystem, isTransport, listenersOf, surestOf, type Listener } from './listeners.ts';
import { lookupsOf } from './lookups.ts';
import type { MessageNames } from './messageNames.ts';
import { elsewhere, type ServicePlace } from './servicePlace.ts';

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
    "NestJS's RabbitMQ transport has the pattern inside the message: any handler of the queue {0} may have taken it.",
    queue,
  );
  return handlerMatch(own, 'weak', reason);
}

function openOf(own: readonly MessageHandler[], queue: string): SpanMatch {
  const reason = message(
    'One of the handlers whose queue is only known at run time may read {0}.',
    queue,
  );
  return handlerMatch(own, 'weak', reason);
}

function reasonFor([first]: readonly Listener[], names: ConsumerNames): string {
  const { destination } = names;
  const { fit, handler } = first ?? {};
  if (fit === 'open' && handler?.possible) {
    return message(
      'No other handler here can be reading {0}; the queue of this one is only known at run time.',
      destination,
    );
  }
  if (fit === 'likely' && handler?.possible) {
    return handler.possible.shape === undefined
      ? message('Its decorator names {0}, but no module here registers that queue.', destination)
      : message('{0} fits the code, but the exact name is only known at run time.', destination);
  }
  if (fit === 'likely' && names.system === 'redis' && handler && handler.pattern !== destination) {
    return message('It listens to {0} if its wildcards are turned on.', handler.pattern);
  }
  return names.isHandling
    ? message('It listens to {0}.', destination)
    : message('It listens to {0}; this span only fetches the messages.', destination);
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
