import type { ScopedExpression } from '../program/symbols.ts';
import type { ConstantEvaluator } from './constantEvaluator.ts';

/**
 * The object that a check is given and gives back: `{…}` of `schema.parse({…})`, of `schema.validate({…}).value`
 * or of a function of the workspace that returns one of these; anything else is left as it is.
 */
export function validatedObject(
  constants: ConstantEvaluator,
  bound: ScopedExpression,
): ScopedExpression {
  const { symbol, ...resolved } = constants.resolve(bound);
  if (symbol || !('expression' in resolved) || typeof resolved.expression === 'string')
    return bound;
  const { expression } = resolved;
  if (expression.kind === 'member')
    return validatedObject(constants, { ...resolved, expression: expression.of });
  if (expression.kind !== 'call') return bound;
  const isObject = (given: ScopedExpression) => constants.keys(given).length > 0;
  return constants.arguments(expression.args, resolved).find(isObject) ?? bound;
}
