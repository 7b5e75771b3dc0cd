import type { Expression } from '../../language/expression.ts';
import type { ScopedExpression } from '../../language/program/symbols.ts';
import type { CallParts } from '../callLibrary.ts';
import { joinUrls, textPattern } from '../textPattern.ts';

/** What a call asks of whom. */
export interface HttpRequest {
  /** Upper case; undefined: only the running program knows it. */
  readonly method: string | undefined;
  readonly url: string | undefined;
}

/** An argument and where it stands. */
export type Argument = ScopedExpression | undefined;

/** A property of an options object; undefined: it has none, or isn't known. */
export function option(parts: CallParts, options: Argument, name: string): Argument {
  if (!options) return undefined;
  const value = parts.constants.property(options, name);
  // An object of another file has another `this`.
  return value?.path === options.path ? { ...value, self: options.self } : value;
}

/** The method in options, `otherwise` where they are known and name none. */
export function methodIn(
  parts: CallParts,
  options: Argument,
  otherwise: string,
): string | undefined {
  if (!options) return otherwise;
  const method = option(parts, options, 'method');
  if (method) {
    const value = parts.constants.value(method);
    return typeof value === 'string' ? value.toUpperCase() : undefined;
  }
  return isClosedObject(parts, options) ? otherwise : undefined;
}

/** An object whose properties are all written out. */
function isClosedObject(parts: CallParts, bound: ScopedExpression): boolean {
  const { symbol, ...resolved } = parts.constants.resolve(bound);
  if (symbol) return false;
  const { expression } = resolved as ScopedExpression;
  if (typeof expression !== 'object') return false;
  if (expression.kind === 'literal') return expression.value === null;
  return expression.kind === 'object' && expression.entries.every(([key]) => key !== '');
}

/** True for an object literal, whatever names lead to it. */
export function isObject(parts: CallParts, argument: Argument): boolean {
  if (!argument) return false;
  const { symbol, ...resolved } = parts.constants.resolve(argument);
  const { expression } = resolved as { readonly expression?: Expression };
  return !symbol && typeof expression === 'object' && expression.kind === 'object';
}

/** A URL that an argument is; undefined: nothing of it is known. */
export const urlOf = (parts: CallParts, argument: Argument): string | undefined =>
  argument && textPattern(parts, argument);

/** The URL in options under the first of the names that they have, below a base that they may have as well. */
export function urlIn(
  parts: CallParts,
  options: Argument,
  names: readonly string[],
  baseNames: readonly string[] = [],
): string | undefined {
  const first = (of: readonly string[]) =>
    of.flatMap((name) => urlOf(parts, option(parts, options, name)) ?? [])[0];
  const isNone =
    options !== undefined &&
    isClosedObject(parts, options) &&
    names.every((name) => !option(parts, options, name));
  return joinUrls(first(baseNames), isNone ? '' : first(names));
}
