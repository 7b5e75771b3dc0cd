import type { Expression } from '../expression.ts';
import type { Bound } from './bound.ts';
import type { Constants } from './constants.ts';

/** The end of a path whose start isn't known, from a slash on: `/:id` of `${base}s/:id`; may be empty. */
export function knownEnd(
  constants: Constants,
  bound: Bound,
  within: readonly Expression[] = [],
): string {
  const resolved = constants.resolve(bound);
  if (resolved.symbol || typeof resolved.expression === 'string') return '';
  const { expression, ...at } = resolved;
  if (expression.kind !== 'join' || within.includes(expression)) return '';
  let end = '';
  for (const part of expression.parts.toReversed()) {
    const inner = { ...at, expression: part };
    const value = constants.value(inner);
    const isText = typeof value === 'string' || typeof value === 'number';
    end = `${isText ? value : knownEnd(constants, inner, [...within, expression])}${end}`;
    if (!isText) break;
  }
  return end.slice(end.includes('/') ? end.indexOf('/') : end.length);
}
