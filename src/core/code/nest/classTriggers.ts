import type { ScopedExpression } from '../language/program/symbols.ts';
import type { ConstantEvaluator } from '../language/values/constantEvaluator.ts';
import { readMessageTriggers, type MessageTrigger } from './messages/messageDecorators.ts';
import type { NestDecorator } from './nestDecorators.ts';
import { readWorker, type readProcessor } from './messages/queueDecorators.ts';
import type { Evaluation } from './messages/registeredName.ts';

/** What a class's own decorators say. */
export interface DecoratedClass {
  readonly decorators: readonly NestDecorator[];
  readonly processor: ReturnType<typeof readProcessor>;
}

const buses: Readonly<Record<string, { readonly method: string; readonly word: string }>> = {
  CommandHandler: { method: 'execute', word: 'command' },
  QueryHandler: { method: 'execute', word: 'query' },
  EventsHandler: { method: 'handle', word: 'event' },
};

/** Methods that the class's decorators make handlers: of BullMQ, CQRS and generated gRPC code. */
export function classTriggers(
  parts: Evaluation,
  { decorators, processor }: DecoratedClass,
  method: string,
): readonly MessageTrigger[] {
  if (processor && method === 'process' && /bullmq/.test(processor.library)) {
    const { queue, library } = processor;
    return [{ ...readWorker(queue), library }];
  }
  const { constants } = parts;
  return decorators.flatMap((decorator): readonly MessageTrigger[] => {
    const rpc = rpcOf(constants, decorator, method);
    if (rpc) {
      const on = { className: '', name: method, queue: undefined };
      return readMessageTriggers(parts, { ...decorator, args: rpc }, on);
    }
    const { name, module: library, args } = decorator;
    const bus = Object.hasOwn(buses, name) ? buses[name] : undefined;
    if (bus?.method !== method || !/^@nestjs\/cqrs(\/|$)/.test(library)) return [];
    return args.map((arg) => {
      const { symbol } = constants.resolve(arg);
      const of =
        symbol?.kind === 'class'
          ? constants.program.classAt(symbol.path, symbol.index).name
          : symbol?.kind === 'external'
            ? symbol.name
            : '';
      const pattern = of === '' ? '' : `${bus.word} ${of}`;
      return { kind: 'cqrs' as const, pattern, library };
    });
  });
}

/** The class decorators of generated gRPC code apply `@GrpcMethod(service, method)` to each of a list. */
function rpcOf(
  constants: ConstantEvaluator,
  { name, args: [service, methods] }: NestDecorator,
  method: string,
): readonly ScopedExpression[] | undefined {
  if (!name.startsWith('Grpc') || !service || !methods) return undefined;
  const own = constants.items(methods).find((item) => constants.value(item) === method);
  return own && [service, own];
}
