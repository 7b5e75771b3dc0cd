import type { Bound } from './bound.ts';
import type { Constants } from './constants.ts';

/**
 * The object that a check is given and gives back: `{…}` of `schema.parse({…})`, of `schema.validate({…}).value`
 * or of a function of the workspace that returns one of these; anything else is left as it is.
 */
export function checkedObject(constants: Constants, bound: Bound): Bound {
  const { symbol, ...resolved } = constants.resolve(bound);
  if (symbol || !('expression' in resolved) || typeof resolved.expression === 'string')
    return bound;
  const { expression } = resolved;
  if (expression.kind === 'member')
    return checkedObject(constants, { ...resolved, expression: expression.of });
  if (expression.kind !== 'call') return bound;
  const isObject = (given: Bound) => constants.keys(given).length > 0;
  return constants.arguments(expression.args, resolved).find(isObject) ?? bound;
}
