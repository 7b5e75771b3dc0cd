import type { ScopedExpression } from '../../language/program/symbols.ts';
import { registeredName, type Evaluation, type RegisteredName } from './registeredName.ts';

/** What @golevelup/nestjs-rabbitmq subscribes to; of what isn't said there is no property. Plain data. */
export interface RabbitBinding {
  readonly queue?: RegisteredName;
  readonly exchange?: RegisteredName;
  readonly routingKeys?: readonly RegisteredName[];
}

/** Of a decorator's options, or of those that a module gives a handler by its name. */
export function rabbitBinding(
  parts: Evaluation,
  options: ScopedExpression | undefined,
): RabbitBinding {
  const { constants } = parts;
  const property = (of: ScopedExpression | undefined, key: string) =>
    of && constants.property(of, key);
  const queue = property(options, 'queue');
  const [exchange, ...others] = namesOf(parts, options, 'exchange');
  const routingKeys = namesOf(parts, options, 'routingKey');
  return {
    ...(queue && { queue: registeredName(parts, queue) }),
    // ScopedExpression to several exchanges, it may get a message from any of them.
    ...(exchange && others.length === 0 && { exchange }),
    ...(routingKeys.length > 0 && { routingKeys }),
  };
}

/** The property itself, each where it is a list, and those of `bindings`. */
function namesOf(
  parts: Evaluation,
  options: ScopedExpression | undefined,
  key: string,
): readonly RegisteredName[] {
  if (options === undefined) return [];
  const { constants } = parts;
  const bindings = constants.property(options, 'bindings');
  const own = constants.property(options, key);
  const more = (bindings ? constants.items(bindings) : []).flatMap(
    (item) => constants.property(item, key) ?? [],
  );
  return [...(own ? [own] : []), ...more].flatMap((list) =>
    constants.items(list).map((item) => registeredName(parts, item)),
  );
}
