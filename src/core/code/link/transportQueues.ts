import type { WorkspacePath } from '../model.ts';
import type { Bound } from './bound.ts';
import type { Constants } from './constants.ts';
import { textOf } from './patternText.ts';

/**
 * The queues that an application's RabbitMQ transports read, by `createMicroservice(Module, options)` and
 * `connectMicroservice(options)` in its file; empty text where only the running program knows the name.
 */
export function transportQueues(constants: Constants, path: WorkspacePath): readonly string[] {
  const queues = new Set<string>();
  for (const { name, args } of constants.program.facts(path)?.setup ?? []) {
    const argument = name === 'createMicroservice' ? args[1] : args[0];
    const isTransport = name === 'createMicroservice' || name === 'connectMicroservice';
    if (!isTransport || argument === undefined) continue;
    const options: Bound = { expression: argument, path };
    if (!isRabbit(constants, constants.property(options, 'transport'))) continue;
    const more = constants.property(options, 'options');
    queues.add((more && textOf(constants, constants.property(more, 'queue'))) ?? '');
  }
  return [...queues];
}

/** `Transport.RMQ`, or its value. */
function isRabbit(constants: Constants, transport: Bound | undefined): boolean {
  const value = transport && constants.value(transport);
  if (typeof value === 'number') return value === 5;
  if (typeof value !== 'object' || value === null || !('kind' in value)) return false;
  return value.kind === 'external' && value.name === 'Transport.RMQ';
}
