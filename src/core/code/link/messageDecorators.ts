import type { MessageHandler } from '../model.ts';
import type { Bound } from './bound.ts';
import type { Constants } from './constants.ts';
import { cronExpressions } from './cronExpressions.ts';
import type { NestDecorator } from './nestDecorators.ts';
import { patternText, textOf } from './patternText.ts';
import { readJob, readRabbit, type DecoratedMethod, type Trigger } from './queueDecorators.ts';

/** What starts a method besides a request. */
export type MessageTrigger = Pick<
  MessageHandler,
  'kind' | 'pattern' | 'library' | 'queue' | 'transport'
>;

type Read = (
  constants: Constants,
  args: readonly Bound[],
  on: DecoratedMethod,
) => readonly Trigger[];

/** A package and its decorators that make a method a handler. */
interface Library {
  readonly module: RegExp;
  readonly decorators: Readonly<Record<string, Read>>;
}

const libraries: readonly Library[] = [
  {
    module: /^@nestjs\/microservices(\/|$)/,
    decorators: {
      MessagePattern: (constants, args) => listed(constants, 'message', args[0]),
      EventPattern: (constants, args) => listed(constants, 'event', args[0]),
      GrpcMethod: readGrpc,
      GrpcStreamMethod: readGrpc,
      GrpcStreamCall: readGrpc,
    },
  },
  {
    module: /^@golevelup\/nestjs-rabbitmq(\/|$)/,
    decorators: { RabbitSubscribe: readRabbit, RabbitRPC: readRabbit, RabbitHandler: readRabbit },
  },
  {
    module: /\bsqs\b/,
    decorators: {
      SqsMessageHandler: (constants, [name]) => {
        const queue = textOf(constants, name);
        return [{ kind: 'queue', pattern: queue ?? '', queue }];
      },
    },
  },
  { module: /\bbull\b/, decorators: { Process: readJob } },
  {
    module: /^@nestjs\/websockets(\/|$)/,
    decorators: { SubscribeMessage: (constants, args) => listed(constants, 'ws', args[0]) },
  },
  {
    module: /^@nestjs\/schedule(\/|$)/,
    decorators: {
      Cron: (constants, [time]) => [{ kind: 'cron', pattern: cronText(constants, time) }],
      Interval: (constants, args) => [
        { kind: 'cron', pattern: delay(constants, 'interval', args) },
      ],
      Timeout: (constants, args) => [{ kind: 'cron', pattern: delay(constants, 'timeout', args) }],
    },
  },
  {
    module: /^@nestjs\/event-emitter(\/|$)/,
    decorators: { OnEvent: (constants, [event]) => [readEvent(constants, event)] },
  },
];

/** What a decorator of a method listens to; empty for any other decorator. */
export function readMessageTriggers(
  constants: Constants,
  { name, module, args }: NestDecorator,
  on: DecoratedMethod,
): readonly MessageTrigger[] {
  for (const { module: of, decorators } of libraries) {
    if (!of.test(module) || !Object.hasOwn(decorators, name)) continue;
    const found = decorators[name]?.(constants, args, on) ?? [];
    return found.map((trigger) => ({ queue: undefined, ...trigger, library: module }));
  }
  return [];
}

/** One trigger an element of a list, as Nest registers them. */
function listed(
  constants: Constants,
  kind: 'message' | 'event' | 'ws',
  pattern: Bound | undefined,
): readonly Trigger[] {
  if (!pattern) return [{ kind, pattern: '' }];
  const items = constants.items(pattern);
  return (items.length === 0 ? [pattern] : items).map((item) => ({
    kind,
    pattern: patternText(constants, item) ?? '',
  }));
}

/** Service and method as Nest completes them: the class's name, and the method's with a capital. */
function readGrpc(
  constants: Constants,
  [service, method]: readonly Bound[],
  { className, name }: DecoratedMethod,
): readonly Trigger[] {
  const capital = name.slice(0, 1).toUpperCase() + name.slice(1);
  if (!service) return [{ kind: 'grpc', pattern: `${className}/${capital}` }];
  const rpc = method ? textOf(constants, method) : capital;
  const of = textOf(constants, service);
  return [{ kind: 'grpc', pattern: of === undefined || rpc === undefined ? '' : `${of}/${rpc}` }];
}

function cronText(constants: Constants, time: Bound | undefined): string {
  const value = time && constants.value(time);
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || !('kind' in value)) return '';
  if (value.kind !== 'external' || !value.name.startsWith('CronExpression.')) return '';
  return cronExpressions[value.name.slice('CronExpression.'.length)] ?? '';
}

/** `interval 5000` of `@Interval(5000)` and `@Interval('name', 5000)`. */
function delay(constants: Constants, word: string, args: readonly Bound[]): string {
  const time = args.map((arg) => constants.value(arg)).find((value) => typeof value === 'number');
  return time === undefined ? '' : `${word} ${time}`;
}

/** A list is one name with parts, as EventEmitter2 takes it. */
function readEvent(constants: Constants, event: Bound | undefined): Trigger {
  const value = event && constants.value(event);
  const parts = Array.isArray(value) ? value : [value];
  const isKnown = parts.every((part) => typeof part === 'string');
  return { kind: 'event', pattern: isKnown ? parts.join('.') : '' };
}
