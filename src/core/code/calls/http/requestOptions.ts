import type { CallParts } from '../callLibrary.ts';
import { isClosedObject, option, textIn, type Argument } from '../callArguments.ts';
import { joinUrls } from '../textPattern.ts';

/** What a call asks of whom. */
export interface HttpRequest {
  /** Upper case; undefined: only the running program knows it. */
  readonly method: string | undefined;
  readonly url: string | undefined;
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

/** The URL in options under the first of the names that they have, below a base that they may have as well. */
export function urlIn(
  parts: CallParts,
  options: Argument,
  names: readonly string[],
  baseNames: readonly string[] = [],
): string | undefined {
  const first = (of: readonly string[]) =>
    of.flatMap((name) => textIn(parts, option(parts, options, name)) ?? [])[0];
  const isNone =
    options !== undefined &&
    isClosedObject(parts, options) &&
    names.every((name) => !option(parts, options, name));
  return joinUrls(first(baseNames), isNone ? '' : first(names));
}
