import type { MessageHandler } from '../model.ts';
import type { Bound } from './bound.ts';
import type { Constants } from './constants.ts';
import type { NestDecorator } from './nestDecorators.ts';
import { textOf } from './patternText.ts';

/** What a decorator listens to. */
export type Trigger = Pick<MessageHandler, 'kind' | 'pattern'> & {
  readonly queue?: string | undefined;
};

/** The class and method that a decorator stands on. */
export interface DecoratedMethod {
  readonly className: string;
  readonly name: string;
  /** Of the class's `@Processor`. */
  readonly queue: string | undefined;
}

/** One trigger a routing key, else the queue. */
export function readRabbit(constants: Constants, [options]: readonly Bound[]): readonly Trigger[] {
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
export function readJob(
  constants: Constants,
  [options]: readonly Bound[],
  { queue }: DecoratedMethod,
): readonly Trigger[] {
  if (queue === undefined) return [{ kind: 'queue', pattern: '' }];
  const name = options && (constants.property(options, 'name') ?? options);
  const job = name && textOf(constants, name);
  return [{ kind: 'queue', pattern: job === undefined ? queue : `${queue}/${job}`, queue }];
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
