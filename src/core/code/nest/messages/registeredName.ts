import type { MessageHandler } from '../../model.ts';
import type { ScopedExpression } from '../../language/program/symbols.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';
import { fixedShape } from '../../language/values/fixedValue.ts';

/** What evaluates the names that code registers. */
export interface Evaluation {
  readonly constants: ConstantEvaluator;
  readonly configuration: Configuration;
}

/** What the code tells of a name that is registered: of a queue, a topic, an exchange. Plain data. */
export interface RegisteredName {
  /** As written, its default, or what an environment file sets; undefined: only the running program knows it. */
  readonly name: string | undefined;
  /** With `*` for each part that the running program may have another of. */
  readonly shape: string;
}

export const fixedName = (name: string): RegisteredName => ({ name, shape: name });

/** The name that an expression gives; of none it is not known. */
export function registeredName(
  { constants, configuration }: Evaluation,
  bound: ScopedExpression | undefined,
): RegisteredName {
  if (bound === undefined) return { name: undefined, shape: '*' };
  const of = returnedAlone(constants, bound);
  const shape = fixedShape(constants, of);
  return { name: shape.includes('*') ? configuration.text(of) : shape, shape };
}

/** What a function of the workspace returns that has one return, for its call; anything else as it is. */
function returnedAlone(constants: ConstantEvaluator, bound: ScopedExpression): ScopedExpression {
  const { expression, path, bindings } = bound;
  if (typeof expression !== 'object' || expression.kind !== 'call') return bound;
  const callee = constants.resolve({ expression: expression.callee, path, bindings });
  const args = constants.arguments(expression.args, bound);
  const [returned, ...others] = constants.returnedBy(callee, args);
  return returned === undefined || others.length > 0 ? bound : returned;
}

/** A queue by its name, and what else it may be called where the running program may have another. */
export function queueOf(
  { name, shape }: RegisteredName,
  ...others: readonly (string | undefined)[]
): Pick<MessageHandler, 'queue' | 'possible'> {
  if (name === shape) return { queue: name, possible: undefined };
  const names = others.filter((other) => other !== undefined && other !== name);
  return { queue: name ?? '', possible: { names: names as string[], shape } };
}

/** A queue of SQS by its URL: the last part, `orders.fifo`. */
export function queueOfUrl({ name, shape }: RegisteredName): RegisteredName {
  const end = lastPart(shape);
  return { name: end.includes('*') ? name && lastPart(name) : end, shape: end };
}

const lastPart = (url: string): string => url.slice(url.lastIndexOf('/') + 1);
