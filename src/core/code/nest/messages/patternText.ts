import type { ScopedExpression } from '../../language/program/symbols.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';
import type { Constant } from '../../language/values/evaluator.ts';

/** Text of a constant; undefined when it is no text, or isn't known. */
export function textOf(
  constants: ConstantEvaluator,
  of: ScopedExpression | undefined,
): string | undefined {
  const value = of && constants.value(of);
  return typeof value === 'string' ? value : undefined;
}

/** A text or number as it is, an object as JSON with its keys in order; undefined when a part isn't known. */
export function patternText(
  constants: ConstantEvaluator,
  of: ScopedExpression,
): string | undefined {
  const value = constants.value(of);
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  const object = patternObject(constants, of, 0);
  return object === undefined ? undefined : JSON.stringify(object);
}

function patternObject(constants: ConstantEvaluator, of: ScopedExpression, depth: number): unknown {
  const { effort } = constants.program.queryDatabase;
  if (!effort.enter()) return undefined;
  const object = readObject(constants, of, depth);
  effort.leave();
  return object;
}

function readObject(constants: ConstantEvaluator, of: ScopedExpression, depth: number): unknown {
  const value = constants.value(of);
  if (isScalar(value)) return value;
  const resolved = constants.resolve(of);
  if (resolved.symbol || depth > 4) return undefined;
  const { expression } = resolved;
  if (typeof expression === 'string' || expression.kind !== 'object') return undefined;
  const entries: [string, unknown][] = [];
  for (const key of constants.keys(resolved).toSorted()) {
    const entry = constants.property(resolved, key);
    const known = entry && patternObject(constants, entry, depth + 1);
    if (known === undefined) return undefined;
    entries.push([key, known]);
  }
  return Object.fromEntries(entries);
}

const isScalar = (value: Constant): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
