import { unnamedJob } from './bullJobs.ts';
import type { MessageHandler } from '../../model.ts';
import type { ScopedExpression } from '../../language/program/symbols.ts';
import type { RegisteredMessages } from './messageRegistrations.ts';
import type { NestDecorator } from '../nestDecorators.ts';
import { rabbitBinding, type RabbitBinding } from './rabbitBinding.ts';
import {
  fixedName,
  queueOf,
  registeredName,
  type Evaluation,
  type RegisteredName,
} from './registeredName.ts';

/** Where a handler's messages come from. */
type Source = Pick<MessageHandler, 'queue' | 'possible' | 'exchange'> & {
  readonly pattern: string;
};

/** What a decorator listens to. */
export type Trigger = Pick<MessageHandler, 'kind' | 'pattern'> &
  Partial<Pick<MessageHandler, 'queue' | 'possible' | 'job' | 'transport'>> & {
    /** Where its messages come from by what an application's modules register. */
    readonly registered?: (modules: RegisteredMessages) => readonly Source[];
  };

/** The class and method that a decorator stands on. */
export interface DecoratedMethod {
  readonly className: string;
  readonly name: string;
  /** Of the class's `@Processor`. */
  readonly queue: RegisteredName | undefined;
}

/** `@SqsMessageHandler('orders')` names a consumer: its queue is the one in the consumer's URL. */
export function readSqs(
  parts: Evaluation,
  [argument]: readonly ScopedExpression[],
): readonly Trigger[] {
  const { name } = registeredName(parts, argument);
  const pattern = name ?? '';
  const registered = (modules: RegisteredMessages) => [{ pattern, ...sqsQueue(name, modules) }];
  return [{ kind: 'queue', pattern, registered }];
}

function sqsQueue(
  name: string | undefined,
  { sqs, sqsComplete }: RegisteredMessages,
): Pick<Source, 'queue' | 'possible'> {
  const found = sqs.get(name ?? '') ?? [];
  const [first] = found;
  if (first && found.length === 1 && name !== undefined) return queueOf(first, name);
  // Consumers and decorators whose names aren't known may be one another's.
  const isShown = name !== undefined && sqs.size > 0 && sqsComplete && !sqs.has('') && !first;
  const names = [name, ...found.map((queue) => queue.name)].filter((one) => one !== undefined);
  return { queue: '', possible: { names, shape: isShown ? undefined : '*' } };
}

/** By its queue and routing keys, over which those win that a module gives the decorator's name. */
export function readRabbit(
  parts: Evaluation,
  [options]: readonly ScopedExpression[],
): readonly Trigger[] {
  const own = rabbitBinding(parts, options);
  const given = options && parts.constants.property(options, 'name');
  const name = given && registeredName(parts, given).name;
  const registered = ({ rabbit, defaultHandler }: RegisteredMessages) => {
    const key = name ?? defaultHandler;
    const bindings = key === undefined ? undefined : rabbit.get(key);
    if (bindings) return bindings.flatMap((binding) => sourcesOf({ ...own, ...binding }));
    const isElsewhere = given && !own.queue && !own.routingKeys;
    const names = name === undefined ? [] : [name];
    return isElsewhere
      ? [{ pattern: '', queue: '', possible: { names, shape: '*' } }]
      : sourcesOf(own);
  };
  return [{ kind: 'message', pattern: '', registered }];
}

/** One a routing key, else the queue. */
function sourcesOf({ queue, exchange, routingKeys = [] }: RabbitBinding): readonly Source[] {
  const isNamed = queue && queue.name !== '';
  const common = {
    queue: undefined,
    ...(isNamed && queueOf(queue)),
    ...(exchange?.name === exchange?.shape && { exchange: exchange?.name }),
  };
  if (routingKeys.length === 0) return [{ ...common, pattern: queue?.name ?? '' }];
  return routingKeys.map(({ name }) => ({ ...common, pattern: name ?? '' }));
}

/** `queue/job` of Bull's `@Process('job')` or `@Process({ name: 'job' })`; the queue alone for jobs without a name. */
export function readJob(
  parts: Evaluation,
  [options]: readonly ScopedExpression[],
  { queue }: DecoratedMethod,
): readonly Trigger[] {
  if (queue === undefined) return [{ kind: 'queue', pattern: '' }];
  const { constants } = parts;
  const isList = options && constants.keys(options).length > 0;
  const given = isList ? constants.property(options, 'name') : options;
  const job = given ? (registeredName(parts, given).name ?? '') : unnamedJob;
  const name = queue.name ?? '';
  const pattern = name === '' || job === '' || !given ? name : `${name}/${job}`;
  const registered = ({ bull }: RegisteredMessages) => [
    { pattern, ...queueOf(bull.get(name) ?? queue, queue.name) },
  ];
  return [{ kind: 'queue', pattern, job, registered }];
}

/**
 * BullMQ's worker reads the queue that its decorator names, also where a module's factory calls the queue otherwise:
 * then the two don't fit together, and which one has the jobs isn't sure.
 */
export function readWorker(queue: RegisteredName): Trigger {
  const pattern = queue.name ?? '';
  const registered = ({ bull }: RegisteredMessages) => {
    const other = bull.get(pattern)?.name;
    return other === undefined || other === queue.name
      ? [{ pattern, ...queueOf(queue) }]
      : [{ pattern, queue: '', possible: { names: [pattern, other], shape: pattern } }];
  };
  return { kind: 'queue', pattern, registered };
}

/** Of `@Processor('mail')` or `@Processor({ name: 'mail' })`; undefined when the class isn't a processor. */
export function readProcessor(
  parts: Evaluation,
  decorators: readonly NestDecorator[],
): { readonly queue: RegisteredName; readonly library: string } | undefined {
  const found = decorators.find((d) => d.name === 'Processor' && /bull/.test(d.module));
  if (!found) return undefined;
  const [first] = found.args;
  const { constants } = parts;
  const name =
    first && (constants.keys(first).length > 0 ? constants.property(first, 'name') : first);
  return {
    queue: name ? registeredName(parts, name) : fixedName('default'),
    library: found.module,
  };
}
