import type { Constant } from './evaluator.ts';

/** A longer text is no path; one that is made of itself again and again grows without end. */
export const mostText = 10_000;

/** Texts one after the other; undefined when that gets too long. */
export function joinTexts(texts: readonly (string | number)[], separator = ''): string | undefined {
  let length = separator.length * texts.length;
  for (const text of texts) length += String(text).length;
  return length > mostText ? undefined : texts.join(separator);
}

/** What `+` and template strings make: a sum of numbers, else a text; undefined when a part isn't known. */
export function joined(parts: readonly Constant[]): string | number | undefined {
  const areNumbers = parts.every((part) => typeof part === 'number');
  if (areNumbers) return parts.reduce((a, b) => a + b, 0);
  return parts.every((part) => typeof part === 'string' || typeof part === 'number')
    ? joinTexts(parts)
    : undefined;
}

export function calculate(
  operator: '-' | '*' | '/' | '%',
  left: Constant,
  right: Constant,
): number | undefined {
  if (typeof left !== 'number' || typeof right !== 'number') return undefined;
  switch (operator) {
    case '-':
      return left - right;
    case '*':
      return left * right;
    case '/':
      return left / right;
    case '%':
      return left % right;
  }
}
