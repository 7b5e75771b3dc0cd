import type { ScopedExpression } from '../language/program/symbols.ts';
import type { CallParts } from './callLibrary.ts';
import { textPattern } from './textPattern.ts';

/** An argument and where it stands. */
export type Argument = ScopedExpression | undefined;

/** A property of an options object; undefined: it has none, or isn't known. */
export function option(parts: CallParts, options: Argument, name: string): Argument {
  if (!options) return undefined;
  const value = parts.constants.property(options, name);
  // An object of another file has another `this`.
  return value?.path === options.path ? { ...value, self: options.self } : value;
}

/** What an argument is written as where it isn't a name, or what names lead to; undefined: the text doesn't tell. */
export function written(parts: CallParts, argument: Argument): Argument {
  if (!argument) return undefined;
  const { symbol, ...resolved } = parts.constants.resolve(argument);
  return symbol ? undefined : (resolved as ScopedExpression);
}

/** An object whose properties are all written out. */
export function isClosedObject(parts: CallParts, bound: ScopedExpression): boolean {
  const expression = written(parts, bound)?.expression;
  if (typeof expression !== 'object') return false;
  if (expression.kind === 'literal') return expression.value === null;
  return expression.kind === 'object' && expression.entries.every(([key]) => key !== '');
}

/** True for an object literal, whatever names lead to it. */
export function isObject(parts: CallParts, argument: Argument): boolean {
  const expression = written(parts, argument)?.expression;
  return typeof expression === 'object' && expression.kind === 'object';
}

/** The text that an argument is, `*` for what isn't known of it; undefined: nothing is. */
export const textIn = (parts: CallParts, argument: Argument): string | undefined =>
  argument && textPattern(parts, argument);
