import type { MessageHandler } from '../model.ts';
import type { Bound } from './bound.ts';
import type { Constant, Constants } from './constants.ts';
import { cronExpressions } from './cronExpressions.ts';
import type { NestDecorator } from './nestDecorators.ts';

/** What starts a method besides a request. */
export type MessageTrigger = Pick<MessageHandler, 'kind' | 'pattern' | 'library' | 'queue'>;

/** The class and method that a decorator stands on. */
export interface DecoratedMethod {
  readonly className: string;
  readonly name: string;
  /** Of the class's `@Processor`. */
  readonly queue: string | undefined;
}

type Trigger = Pick<MessageTrigger, 'kind' | 'pattern'> & { readonly queue?: string | undefined };
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

/** A text or number as it is, an object as JSON with its keys in order; undefined when a part isn't known. */
function patternText(constants: Constants, of: Bound): string | undefined {
  const value = constants.value(of);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const object = patternObject(constants, of, 0);
  return object === undefined ? undefined : JSON.stringify(object);
}

function patternObject(constants: Constants, of: Bound, depth: number): unknown {
  const value = constants.value(of);
  if (isScalar(value)) return value;
  const resolved = constants.resolve(of);
  if (resolved.symbol || depth > 4) return undefined;
  const { expression } = resolved;
  if (typeof expression === 'string' || expression.kind !== 'object') return undefined;
  const entries: [string, unknown][] = [];
  for (const key of constants.keys(resolved).toSorted()) {
    const entry = constants.property(resolved, key);
    const known = entry && patternObject(constants, entry, depth + 1);
    if (known === undefined) return undefined;
    entries.push([key, known]);
  }
  return Object.fromEntries(entries);
}

const isScalar = (value: Constant): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';

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

/** One trigger a routing key, else the queue. */
function readRabbit(constants: Constants, [options]: readonly Bound[]): readonly Trigger[] {
  const queue = options && textOf(constants, constants.property(options, 'queue'));
  const key = options && constants.property(options, 'routingKey');
  const keys = key ? constants.items(key) : [];
  if (keys.length === 0) return [{ kind: 'message', pattern: queue ?? '', queue }];
  return keys.map((item) => {
    const text = textOf(constants, item);
    return { kind: 'message', pattern: text ?? '', queue };
  });
}

/** `queue/job` of Bull's `@Process('job')` or `@Process({ name: 'job' })`; the queue alone for all its jobs. */
function readJob(
  constants: Constants,
  [options]: readonly Bound[],
  { queue }: DecoratedMethod,
): readonly Trigger[] {
  if (queue === undefined) return [{ kind: 'queue', pattern: '' }];
  const name = options && (constants.property(options, 'name') ?? options);
  const job = name && textOf(constants, name);
  return [{ kind: 'queue', pattern: job === undefined ? queue : `${queue}/${job}`, queue }];
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

/** Text of a constant, or of the `name` of options. */
function textOf(constants: Constants, of: Bound | undefined): string | undefined {
  const value = of && constants.value(of);
  return typeof value === 'string' ? value : undefined;
}

/** Of `@Processor('mail')` or `@Processor({ name: 'mail' })`; undefined when the class isn't a processor. */
export function readProcessor(
  constants: Constants,
  decorators: readonly NestDecorator[],
): { readonly queue: string | undefined; readonly library: string } | undefined {
  const found = decorators.find((d) => d.name === 'Processor' && /bull/.test(d.module));
  if (!found) return undefined;
  const [first] = found.args;
  const queue = first && textOf(constants, constants.property(first, 'name') ?? first);
  return { queue, library: found.module };
}
