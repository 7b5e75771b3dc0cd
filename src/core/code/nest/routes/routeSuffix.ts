import sameValue from 'fast-deep-equal/es6/index.js';
import type { ScopedExpression } from '../../language/program/symbols.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';

/** Parts made of parts of which only the end is known. */
const mostWithin = 24;

/** The end of a path whose start isn't known, from a slash on: `/:id` of `${base}s/:id`; may be empty. */
export function routeSuffix(
  constants: ConstantEvaluator,
  bound: ScopedExpression,
  within: readonly ScopedExpression[] = [],
): string {
  const resolved = constants.resolve(bound);
  if (resolved.symbol || typeof resolved.expression === 'string') return '';
  const { expression, ...at } = resolved;
  if (expression.kind !== 'join' || within.length > mostWithin) return '';
  if (within.some((outer) => isSame(outer, resolved))) return '';
  let end = '';
  for (const part of expression.parts.toReversed()) {
    const inner = { ...at, expression: part };
    const value = constants.value(inner);
    const isText = typeof value === 'string' || typeof value === 'number';
    end = `${isText ? value : routeSuffix(constants, inner, [...within, resolved])}${end}`;
    if (!isText) break;
  }
  return end.slice(end.includes('/') ? end.indexOf('/') : end.length);
}

/** By content: after an edit elsewhere in a file, the facts of what didn't change are equal, but other objects. */
const isSame = (a: ScopedExpression, b: ScopedExpression): boolean =>
  a.path === b.path && sameValue(a.expression, b.expression);
