import type { MessageHandler } from '../../model.ts';
import type { WorkspacePath } from '../../location.ts';
import type { ScopedExpression } from '../../language/program/symbols.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';
import { factoryOptions } from './factoryOptions.ts';
import { queueOf, registeredName, type Evaluation, type RegisteredName } from './registeredName.ts';

/** What carries the messages of an application. */
export interface Transport {
  /** Member of NestJS's enum: `KAFKA`, `RMQ`; empty where only the running program knows. */
  readonly name: string;
  /** Of RabbitMQ; undefined where the options have none. */
  readonly queue: RegisteredName | undefined;
}

/** In the order of the enum's values. */
const names = ['TCP', 'REDIS', 'NATS', 'MQTT', 'GRPC', 'RMQ', 'KAFKA'];

/** By `createMicroservice(Module, options)` and `connectMicroservice(options)` in the application's file. */
export function transportsOf(parts: Evaluation, path: WorkspacePath): readonly Transport[] {
  const { constants, configuration } = parts;
  const found: Transport[] = [];
  for (const { name, args } of constants.program.facts(path)?.setup ?? []) {
    const argument = name === 'createMicroservice' ? args[1] : args[0];
    const isTransport = name === 'createMicroservice' || name === 'connectMicroservice';
    if (!isTransport || argument === undefined) continue;
    const given = configuration.followed({ expression: argument, path });
    const [options = given] = factoryOptions(parts, given);
    const more = constants.property(options, 'options');
    const queue = more && constants.property(more, 'queue');
    found.push({
      name: transportName(constants, constants.property(options, 'transport')),
      queue: queue && registeredName(parts, queue),
    });
  }
  return found;
}

/** `Transport.RMQ`, or its value; empty: not known. */
export function transportName(
  constants: ConstantEvaluator,
  transport: ScopedExpression | undefined,
): string {
  const value = transport && constants.value(transport);
  if (typeof value === 'number') return names[value] ?? '';
  if (typeof value !== 'object' || value === null || !('kind' in value)) return '';
  const [enumName, member = ''] = value.kind === 'external' ? value.name.split('.') : [];
  return enumName === 'Transport' ? member : '';
}

/** The transport that all of them are; undefined: several, or not known. */
export function onlyTransport(transports: readonly Transport[]): string | undefined {
  const [first] = transports;
  return first && first.name !== '' && transports.every(({ name }) => name === first.name)
    ? first.name
    : undefined;
}

/** The queue of the RabbitMQ transport; undefined without one, empty for several. */
export function onlyQueue(
  transports: readonly Transport[],
): Pick<MessageHandler, 'queue' | 'possible'> {
  const [first, ...others] = transports.filter(({ name }) => name === 'RMQ');
  if (!first) return { queue: undefined };
  return first.queue && others.length === 0 ? queueOf(first.queue) : { queue: '' };
}
