import type { Expression } from '../expression.ts';
import type { ScopedExpression } from '../program/symbols.ts';
import type { Evaluator } from './evaluator.ts';

type Condition = Extract<Expression, { kind: 'condition' }>;

/** What is known of a value before the program runs: null stands for `undefined` too. */
type Known =
  | { readonly scalar: string | number | boolean | null }
  | { readonly type: 'function' | 'object' | 'array' }
  /** A member of a package, an enum's perhaps. */
  | { readonly external: string };

/** Whether a condition is true; undefined: only the running program knows. */
export function holds(
  constants: Evaluator,
  bound: ScopedExpression,
  depth: number,
): boolean | undefined {
  const { expression } = bound;
  if (typeof expression === 'object' && expression.kind === 'condition') {
    return holdsTaken(constants, expression, bound, depth);
  }
  const known = knownOf(constants, bound, depth);
  return known && ('scalar' in known ? Boolean(known.scalar) : true);
}

function holdsTaken(
  constants: Evaluator,
  { test, of }: Condition,
  at: ScopedExpression,
  depth: number,
): boolean | undefined {
  const parts = of.map((expression) => ({ ...at, expression }));
  if (test === 'equal') {
    if (of.includes('process.env.NODE_ENV') && parts.some(isOfDeveloper)) return false;
    const [left, right] = parts.map((part) => knownOf(constants, part, depth));
    return left && right && areEqual(left, right);
  }
  const results = parts.map((part) => holds(constants, part, depth + 1));
  if (test === 'not') return results[0] === undefined ? undefined : !results[0];
  const decisive = test === 'any';
  if (results.includes(decisive)) return decisive;
  return results.includes(undefined) ? undefined : !decisive;
}

/** What NODE_ENV is where code is written or tested: the routes wanted are those that are served. */
const ofDeveloper = /^(dev|development|local|test|testing)$/;

const isOfDeveloper = ({ expression }: ScopedExpression): boolean =>
  typeof expression === 'object' && expression.kind === 'text' && ofDeveloper.test(expression.text);

function areEqual(left: Known, right: Known): boolean | undefined {
  if ('scalar' in left && 'scalar' in right) return left.scalar === right.scalar;
  if ('external' in left && 'external' in right) return left.external === right.external;
  const isObject = (known: Known) => 'type' in known;
  if (isObject(left) && isObject(right)) return undefined;
  return isObject(left) || isObject(right) ? false : undefined;
}

function knownOf(constants: Evaluator, bound: ScopedExpression, depth: number): Known | undefined {
  const { expression } = bound;
  if (typeof expression === 'object') {
    if (expression.kind === 'typeof') {
      const of = knownOf(constants, { ...bound, expression: expression.of }, depth + 1);
      const scalar = of && typeOf(of);
      return scalar === undefined ? undefined : { scalar };
    }
    const [first] = expression.kind === 'call' ? expression.args : [];
    if (
      first !== undefined &&
      expression.kind === 'call' &&
      expression.callee === 'Array.isArray'
    ) {
      const of = knownOf(constants, { ...bound, expression: first }, depth + 1);
      return of && { scalar: 'type' in of && of.type === 'array' };
    }
  }
  const resolved = constants.resolve(bound, depth + 1);
  if (resolved.symbol) {
    const { symbol } = resolved;
    if (symbol.kind === 'external') return { external: `${symbol.module} ${symbol.name}` };
    return { type: symbol.kind === 'namespace' ? 'object' : 'function' };
  }
  if (isLeftOut(resolved) || isAbsent(resolved)) return { scalar: null };
  const value = constants.value(resolved, depth + 1);
  if (value === null || ['string', 'number', 'boolean'].includes(typeof value)) {
    return { scalar: value as string | number | boolean | null };
  }
  if (Array.isArray(value)) return { type: 'array' };
  const kind = typeof resolved.expression === 'object' && resolved.expression.kind;
  return kind === 'array' || kind === 'object' || kind === 'function' ? { type: kind } : undefined;
}

/** A parameter that the call gives nothing for. */
function isLeftOut({ expression, bindings }: ScopedExpression): boolean {
  return (
    typeof expression === 'object' &&
    expression.kind === 'parameter' &&
    bindings !== undefined &&
    !bindings.has(expression.name)
  );
}

/** A member that an object or a list written out has not. */
function isAbsent({ expression }: ScopedExpression): boolean {
  if (typeof expression === 'string' || expression.kind !== 'member') return false;
  const { of } = expression;
  if (typeof of === 'string') return false;
  if (of.kind === 'array') return of.items.every((item) => !isSpread(item));
  return of.kind === 'object' && of.entries.every(([key]) => key !== '');
}

const isSpread = (item: Expression): boolean => typeof item === 'object' && item.kind === 'spread';

function typeOf(known: Known): string | undefined {
  if ('external' in known) return undefined;
  if ('type' in known) return known.type === 'array' ? 'object' : known.type;
  return known.scalar === null ? 'undefined' : typeof known.scalar;
}
