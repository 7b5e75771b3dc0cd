import { asMember, type Expression } from '../expression.ts';
import type { ScopedExpression } from '../program/symbols.ts';
import type { Evaluator } from './evaluator.ts';
import type { KnownAnswers } from './knownAnswers.ts';

const listMethods = new Set(['concat', 'slice', 'map']);

/** Lists, as far as what is written tells their elements. */
export class ConstantLists {
  readonly #constants: Evaluator;
  readonly #answers: KnownAnswers;

  constructor(constants: Evaluator, answers: KnownAnswers) {
    this.#constants = constants;
    this.#answers = answers;
  }

  /** Of an expression: see `Evaluator.items`. */
  elements(bound: ScopedExpression, depth: number): readonly ScopedExpression[] {
    const { expression, path, bindings } = bound;
    const inner = (next: Expression, at: ScopedExpression = bound) =>
      this.#constants.items({ expression: next, path: at.path, bindings: at.bindings }, depth + 1);
    if (typeof expression === 'object') {
      if (expression.kind === 'spread') return inner(expression.of);
      if (expression.kind === 'guarded')
        return this.#constants.counts(bound, depth) === false ? [] : inner(expression.of);
      if (expression.kind === 'either' && !expression.fallback) {
        const options = this.#constants.options(expression, bound, depth);
        return this.#answers.gather(options, (option) => inner(option));
      }
      if (expression.kind === 'array')
        return this.#answers.gather(expression.items, (item) => inner(item));
      if (expression.kind === 'literal') return [];
      const made = expression.kind === 'call' ? this.ofCall(expression, bound, depth) : undefined;
      if (made) return made;
    }
    const symbol =
      typeof expression === 'string' && this.#constants.program.resolve(path, expression);
    if (symbol && symbol.kind === 'value' && isRead(symbol.fact.value)) {
      return inner(symbol.fact.value, { expression, path: symbol.path });
    }
    const resolved = this.#constants.resolve({ expression, path, bindings }, depth + 1);
    if (resolved.symbol) return [bound];
    const isList =
      typeof resolved.expression === 'object' &&
      ['array', 'either', 'call'].includes(resolved.expression.kind);
    return isList && resolved.expression !== expression
      ? inner(resolved.expression, resolved)
      : [resolved];
  }

  /** What `concat`, `slice`, `map` and `Object.values` make a list of; undefined for other calls. */
  ofCall(
    { callee, args }: Extract<Expression, { kind: 'call' | 'new' }>,
    at: ScopedExpression,
    depth: number,
  ): readonly ScopedExpression[] | undefined {
    const member = asMember(callee);
    const [first] = args;
    if (first !== undefined && isValues(callee))
      return this.#valuesOf({ ...at, expression: first });
    if (!member || first === undefined || !listMethods.has(member.name)) return undefined;
    if (!this.#isList({ ...at, expression: member.of }, depth)) return undefined;
    const items = (expression: Expression) =>
      this.#constants.items({ ...at, expression }, depth + 1);
    if (member.name === 'concat') return this.#answers.gather([member.of, ...args], items);
    if (member.name === 'slice') {
      const start = this.#constants.value({ ...at, expression: first }, depth + 1);
      return typeof start === 'number' ? items(member.of).slice(start) : undefined;
    }
    const each = this.#constants.resolve({ ...at, expression: first }, depth + 1);
    return this.#answers.gather(items(member.of), (item) =>
      this.#constants.returnedBy(each, [item], depth).slice(0, 1),
    );
  }

  /** What a module exports, or the properties of an object; undefined for anything else. */
  #valuesOf(of: ScopedExpression): readonly ScopedExpression[] | undefined {
    const resolved = this.#constants.resolve(of);
    const names =
      resolved.symbol?.kind === 'namespace'
        ? this.#constants.program.exportedNames(resolved.symbol.path)
        : this.#constants.keys(of);
    return names.length === 0
      ? undefined
      : names.map((name) => ({ ...of, expression: { kind: 'member', of: of.expression, name } }));
  }

  /** False for texts, which have methods of the same names. */
  #isList(bound: ScopedExpression, depth: number): boolean {
    const { symbol, ...resolved } = this.#constants.resolve(bound, depth + 1);
    if (symbol || !('expression' in resolved) || typeof resolved.expression === 'string')
      return false;
    const { kind } = resolved.expression;
    return (
      kind === 'array' ||
      (kind === 'call' && this.ofCall(resolved.expression, resolved, depth + 1) !== undefined)
    );
  }
}

/** What must be read as it is written: of `c ? a : b` a list has both, `Object.values(a)` isn't one value. */
function isRead(expression: Expression): boolean {
  if (typeof expression === 'string') return false;
  return expression.kind === 'either'
    ? !expression.fallback
    : expression.kind === 'call' && isValues(expression.callee);
}

function isValues(callee: Expression): boolean {
  const member = asMember(callee);
  return member?.of === 'Object' && member.name === 'values';
}
