import type { ScopedExpression } from '../../language/program/symbols.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';
import { cronExpressions } from './cronExpressions.ts';
import type { NestDecorator } from '../nestDecorators.ts';
import { patternShape } from './patternShape.ts';
import { patternText, textOf } from './patternText.ts';
import {
  readJob,
  readRabbit,
  readSqs,
  type DecoratedMethod,
  type Trigger,
} from './queueDecorators.ts';
import { registeredName, type Evaluation } from './registeredName.ts';
import { transportName } from './transports.ts';

/** What starts a method besides a request. */
export type MessageTrigger = Trigger & {
  /** Package of its decorator. */
  readonly library: string;
};

type Read = (
  parts: Evaluation,
  args: readonly ScopedExpression[],
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
      MessagePattern: (parts, args) => listed(parts, 'message', args),
      EventPattern: (parts, args) => listed(parts, 'event', args),
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
    decorators: { SqsMessageHandler: readSqs },
  },
  { module: /\bbull\b/, decorators: { Process: readJob } },
  {
    module: /^@nestjs\/websockets(\/|$)/,
    decorators: { SubscribeMessage: (parts, args) => listed(parts, 'ws', args) },
  },
  {
    module: /^@nestjs\/schedule(\/|$)/,
    decorators: {
      Cron: ({ constants }, [time]) => [{ kind: 'cron', pattern: cronText(constants, time) }],
      Interval: ({ constants }, args) => [
        { kind: 'cron', pattern: delay(constants, 'interval', args) },
      ],
      Timeout: ({ constants }, args) => [
        { kind: 'cron', pattern: delay(constants, 'timeout', args) },
      ],
    },
  },
  {
    module: /^@nestjs\/event-emitter(\/|$)/,
    decorators: { OnEvent: ({ constants }, [event]) => [readEvent(constants, event)] },
  },
];

/** What a decorator of a method listens to; empty for any other decorator. */
export function readMessageTriggers(
  parts: Evaluation,
  { name, module, args }: NestDecorator,
  on: DecoratedMethod,
): readonly MessageTrigger[] {
  for (const { module: of, decorators } of libraries) {
    if (!of.test(module) || !Object.hasOwn(decorators, name)) continue;
    const found = decorators[name]?.(parts, args, on) ?? [];
    return found.map((trigger) => ({ ...trigger, library: module }));
  }
  return [];
}

/** One trigger an element of a list, as Nest registers them; of the transport that the decorator names, if any. */
function listed(
  parts: Evaluation,
  kind: 'message' | 'event' | 'ws',
  [pattern, transport]: readonly ScopedExpression[],
): readonly Trigger[] {
  const { constants } = parts;
  if (!pattern) return [{ kind, pattern: '' }];
  const items = constants.items(pattern);
  const named = transportName(constants, transport);
  return (items.length === 0 ? [pattern] : items).map((item) => ({
    kind,
    ...patternOf(parts, item),
    ...(named !== '' && { transport: named }),
  }));
}

function patternOf(
  parts: Evaluation,
  item: ScopedExpression,
): Pick<Trigger, 'pattern' | 'possible'> {
  const { constants } = parts;
  const { name, shape } = registeredName(parts, item);
  const pattern = name ?? patternText(constants, item) ?? '';
  const resolved = constants.resolve(item);
  const expression = resolved.symbol ? '' : resolved.expression;
  const taken =
    typeof expression === 'object' && expression.kind === 'pattern'
      ? patternShape(expression.source, expression.flags)
      : shape;
  return taken === undefined || taken === name || taken === '*'
    ? { pattern }
    : { pattern, possible: { names: [], shape: taken } };
}

/** Service and method as Nest completes them: the class's name, and the method's with a capital. */
function readGrpc(
  { constants }: Evaluation,
  [service, method]: readonly ScopedExpression[],
  { className, name }: DecoratedMethod,
): readonly Trigger[] {
  const capital = name.slice(0, 1).toUpperCase() + name.slice(1);
  if (!service) return [{ kind: 'grpc', pattern: `${className}/${capital}` }];
  const rpc = method ? textOf(constants, method) : capital;
  const of = textOf(constants, service);
  return [{ kind: 'grpc', pattern: of === undefined || rpc === undefined ? '' : `${of}/${rpc}` }];
}

function cronText(constants: ConstantEvaluator, time: ScopedExpression | undefined): string {
  const value = time && constants.value(time);
  if (typeof value === 'string') return value;
  if (typeof value !== 'object' || value === null || !('kind' in value)) return '';
  if (value.kind !== 'external' || !value.name.startsWith('CronExpression.')) return '';
  return cronExpressions[value.name.slice('CronExpression.'.length)] ?? '';
}

/** `interval 5000` of `@Interval(5000)` and `@Interval('name', 5000)`. */
function delay(
  constants: ConstantEvaluator,
  word: string,
  args: readonly ScopedExpression[],
): string {
  const time = args.map((arg) => constants.value(arg)).find((value) => typeof value === 'number');
  return time === undefined ? '' : `${word} ${time}`;
}

/** A list is one name with parts, as EventEmitter2 takes it. */
function readEvent(constants: ConstantEvaluator, event: ScopedExpression | undefined): Trigger {
  const value = event && constants.value(event);
  const parts = Array.isArray(value) ? value : [value];
  const isKnown = parts.every((part) => typeof part === 'string');
  return { kind: 'event', pattern: isKnown ? parts.join('.') : '' };
}
