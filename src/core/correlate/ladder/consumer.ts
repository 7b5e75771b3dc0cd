import { message } from '../../base/message.ts';
import type { CodeIndex, MessageHandler } from '../../code/model.ts';
import type { SpanMatch } from '../match.ts';
import { handlerMatch, unmapped } from './handlerMatch.ts';
import { lookupsOf } from './lookups.ts';
import { elsewhere, type ServicePlace } from './request.ts';

/** What a span, or a row of figures, says of the message it handles; empty text: not known. */
export interface ConsumerNames {
  readonly service: string;
  /** `messaging.system`, `bullmq`; empty: only a name is known. */
  readonly system: string;
  /** Topic or queue. */
  readonly destination: string;
  /** Of RabbitMQ. */
  readonly routingKey: string;
  /** Of BullMQ. */
  readonly job: string;
  /** False where messages are fetched: what handles them runs later. */
  readonly isHandling: boolean;
}

type Listens = (handler: MessageHandler, names: ConsumerNames) => boolean;

/** By system, which handlers listen to the topic or queue. */
const listeners: Readonly<Record<string, Listens>> = {
  kafka: ({ kind, library, pattern }, { destination }) =>
    (kind === 'message' || kind === 'event') &&
    library.startsWith('@nestjs/microservices') &&
    pattern === destination,
  rabbitmq: ({ library, queue, pattern }, { destination, routingKey }) =>
    library.startsWith('@golevelup/') &&
    (queue ?? destination) === destination &&
    (pattern === queue ||
      (routingKey === '' ? queue === destination : fitsRoutingKey(routingKey, pattern))),
  aws_sqs: ({ kind, library, queue }, { destination }) =>
    kind === 'queue' && library.includes('sqs') && queue === destination,
  bullmq: ({ kind, library, queue, pattern }, { destination, job }) =>
    kind === 'queue' &&
    library.includes('bull') &&
    queue === destination &&
    (pattern === queue || pattern === `${destination}/${job}`),
};

/** Step 5 of the ladder: the handler that listens to the topic, queue or job of a message. */
export function matchConsumer(
  names: ConsumerNames,
  place: ServicePlace,
  index: CodeIndex,
): SpanMatch {
  const { service, destination, system, isHandling } = names;
  if (destination === '')
    return unmapped('unnamedMessage', message('The span does not say what it consumes.'));
  const listens = Object.hasOwn(listeners, system) ? [listeners[system]] : Object.values(listeners);
  const all = lookupsOf(index).messageHandlers.filter((handler) =>
    listens.some((of) => of?.(handler, names)),
  );
  if (all.length === 0) {
    return unmapped(
      'noListener',
      message('No handler here is known to listen to {0}.', destination),
    );
  }
  const own = all.filter(({ project }) => project === place.project?.id);
  const reason = message('It listens to {0}.', destination);
  if (own.length === 0)
    return handlerMatch(all, 'likely', `${reason} ${elsewhere(service, place)}`);
  const isNamed = own.every(
    ({ queue, pattern }) => queue === destination || pattern === destination,
  );
  const isSure = isHandling && isNamed && Object.hasOwn(listeners, system);
  return handlerMatch(own, isSure ? 'strong' : 'likely', reason);
}

/** RabbitMQ's topic patterns: `*` is one word, `#` any number of them. */
function fitsRoutingKey(key: string, pattern: string): boolean {
  return fitsWords(key.split('.').slice(0, longestKey), pattern.split('.'));
}

/** AMQP's keys have 255 bytes: more words can't be. */
const longestKey = 128;

/** `reach[i]`: the pattern so far fits the first `i` words. */
function fitsWords(words: readonly string[], pattern: readonly string[]): boolean {
  let reach = [true, ...words.map(() => false)];
  for (const part of pattern) {
    const next = reach.map((_, i) =>
      part === '#'
        ? reach.slice(0, i + 1).includes(true)
        : i > 0 && reach[i - 1] === true && (part === '*' || part === words[i - 1]),
    );
    reach = next;
  }
  return reach.at(-1) === true;
}

/** `process orders` of kafkajs and BullMQ, `orders process` of amqplib and SQS; undefined: no consumer's name. */
export function consumedBy(name: string): string | undefined {
  const [, after, before] = /^(?:process (.+)|(.+) process)$/s.exec(name) ?? [];
  return after ?? before;
}
