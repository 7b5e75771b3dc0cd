import { asMember, unknownExpression, type Expression } from '../expression.ts';
import { bindArguments, parameterNames } from './bindNames.ts';
import { holds } from './conditions.ts';
import { ConstantLists } from './constantLists.ts';
import { ConstantMembers, keyOf } from './constantMembers.ts';
import type { Constant, Evaluator, Resolved } from './evaluator.ts';
import { KnownAnswers, maxDepth } from './knownAnswers.ts';
import type { Program } from '../program/program.ts';
import type {
  ExternalSymbol,
  FunctionSymbol,
  Symbol,
  ScopedExpression,
} from '../program/symbols.ts';
import { calculate, joined } from './scalars.ts';
import { callOnConstants } from './textCalls.ts';

/** Kinds of expressions that stand for something else. */
const references = new Set([
  'member',
  'element',
  'parameter',
  'typed',
  'class',
  'guarded',
  'either',
  'call',
]);
/** Kinds of expressions whose value is made of others'. */
const composites = new Set(['join', 'arithmetic', 'array', 'condition', 'call']);
/** Functions of packages that give what they are given, or a copy. */
const handsBack = /^(.+\.)?(mixin|clone|cloneDeep|deepFreeze)$/;
/** Functions, after their packages, that put their arguments' properties together, those of later ones first. */
const merges =
  /^(lodash(-es)?:(default\.)?(merge|assign|extend)|lodash(-es)?[./](merge|assign|extend):(default|\*)|(ts-)?deepmerge:(default|merge|\*))$/;

/** Follows names, members, calls and parameters to what they stand for. */
export class ConstantEvaluator implements Evaluator {
  readonly program: Program;
  readonly #answers: KnownAnswers;
  readonly #members: ConstantMembers;
  readonly #lists: ConstantLists;

  constructor(program: Program) {
    this.program = program;
    this.#answers = new KnownAnswers(program.queryDatabase.effort);
    this.#members = new ConstantMembers(this);
    this.#lists = new ConstantLists(this, this.#answers);
  }

  resolve(bound: ScopedExpression, depth = 0): Resolved {
    const { expression, path } = bound;
    if (typeof expression === 'object' && !references.has(expression.kind)) return bound;
    const unknown: Resolved = { expression: unknownExpression, path };
    if (depth > maxDepth) return unknown;
    return this.#answers.once('resolved', bound, depth, unknown, () => this.#follow(bound, depth));
  }

  #follow(bound: ScopedExpression, depth: number): Resolved {
    const { expression, path, bindings } = bound;
    if (typeof expression === 'string') return this.#resolveChain(expression, bound, depth);
    const follow = (next: Expression) =>
      this.resolve({ expression: next, path, bindings }, depth + 1);
    switch (expression.kind) {
      case 'member':
        return this.member(follow(expression.of), expression.name, depth + 1);
      case 'element': {
        const index = this.value({ expression: expression.index, path, bindings }, depth + 1);
        const key = keyOf(index);
        return key === undefined
          ? { expression: unknownExpression, path }
          : this.member(follow(expression.of), key, depth + 1);
      }
      case 'parameter': {
        const given = bindings?.get(expression.name);
        if (given) return this.resolve(given, depth + 1);
        return expression.initial === undefined ? bound : follow(expression.initial);
      }
      case 'typed':
        return follow(expression.of);
      case 'class':
        return { symbol: { kind: 'class', path, index: expression.index, bindings } };
      case 'guarded':
        return follow(expression.of);
      case 'either':
        return this.#resolveEither(expression, bound, depth);
      case 'call':
        return this.#resolveCall(expression, bound, depth);
      default:
        return bound;
    }
  }

  value(bound: ScopedExpression, depth = 0): Constant {
    const resolved = this.resolve(bound, depth);
    if (resolved.symbol) return resolved.symbol;
    const { expression } = resolved;
    if (typeof expression === 'string' || depth > maxDepth) return undefined;
    if (expression.kind === 'text') return expression.text;
    if (expression.kind === 'literal') return expression.value;
    if (!composites.has(expression.kind)) return undefined;
    return this.#answers.once('value', resolved, depth, undefined, () =>
      this.#compose(expression, resolved, depth),
    );
  }

  #compose(
    expression: Exclude<Expression, string>,
    resolved: ScopedExpression,
    depth: number,
  ): Constant {
    const { path, bindings } = resolved;
    const inner = (next: Expression) => this.value({ expression: next, path, bindings }, depth + 1);
    switch (expression.kind) {
      case 'join':
        return joined(expression.parts.map(inner));
      case 'arithmetic':
        return calculate(expression.operator, inner(expression.left), inner(expression.right));
      case 'array':
        return this.items(resolved, depth + 1).map((item) => this.value(item, depth + 1));
      case 'condition':
        return holds(this, resolved, depth + 1);
      case 'call':
        return (
          callOnConstants(this, expression, resolved, inner) ??
          this.#lists
            .ofCall(expression, resolved, depth)
            ?.map((item) => this.value(item, depth + 1))
        );
      default:
        return undefined;
    }
  }

  items(bound: ScopedExpression, depth = 0): readonly ScopedExpression[] {
    if (depth > maxDepth) return [];
    return this.#answers.once('items', bound, depth, [], () => this.#lists.elements(bound, depth));
  }

  returnedBy(
    callee: Resolved,
    args: readonly ScopedExpression[],
    depth = 0,
  ): readonly ScopedExpression[] {
    if (callee.symbol?.kind === 'function') return this.called(callee.symbol, args);
    if (callee.symbol || typeof callee.expression !== 'object') return [];
    const { expression, ...at } = callee;
    if (expression.kind !== 'function') return [];
    const own = bindArguments(expression.parameters, args);
    const bindings = new Map([...(at.bindings ?? []), ...own]);
    return this.returned(expression.returns, { ...at, bindings }, depth);
  }

  /** A property of an object literal; undefined when it has none of that name, or isn't one. */
  property(bound: ScopedExpression, key: string): ScopedExpression | undefined {
    const resolved = this.resolve(bound);
    return resolved.symbol ? undefined : this.#members.entry(resolved, key, 0);
  }

  keys(bound: ScopedExpression, depth = 0): readonly string[] {
    const resolved = this.resolve(bound);
    if (resolved.symbol || depth > maxDepth) return [];
    const { expression, path, bindings } = resolved;
    if (typeof expression !== 'object' || expression.kind !== 'object') return [];
    return this.#answers.once('keys', resolved, depth, [], () => {
      const keys = expression.entries.flatMap(([key, value]) =>
        key === '' ? this.keys({ expression: value, path, bindings }, depth + 1) : [key],
      );
      return [...new Set(keys)];
    });
  }

  /** A member of what an expression came down to. */
  member(resolved: Resolved, name: string, depth: number): Resolved {
    return this.#members.of(resolved, name, depth);
  }

  /** Arguments of a call, spread ones as what they hold. */
  arguments(
    args: readonly Expression[],
    { path, bindings }: Omit<ScopedExpression, 'expression'>,
    depth = 0,
  ): readonly ScopedExpression[] {
    return this.#answers.gather(args, (expression): readonly ScopedExpression[] => {
      const bound = { expression, path, bindings };
      const isSpread =
        typeof expression === 'object' && expression.kind === 'spread' && !expression.each;
      return isSpread ? this.items(bound, depth + 1) : [bound];
    });
  }

  called(symbol: FunctionSymbol, args: readonly ScopedExpression[]): readonly ScopedExpression[] {
    const { returns = [] } = this.program.methodAt(symbol.path, symbol.index);
    return this.returned(returns, this.inside(symbol, args));
  }

  /** Within a function of the workspace, its parameters bound. */
  inside(
    { path, index, bindings }: FunctionSymbol,
    args: readonly ScopedExpression[],
  ): Omit<ScopedExpression, 'expression'> {
    const own = bindArguments(parameterNames(this.program.methodAt(path, index)), args);
    return { path, bindings: bindings ? new Map([...bindings, ...own]) : own };
  }

  /** Of a function's returns those up to the first that is sure to be taken; what conditions rule out is none. */
  returned(
    returns: readonly Expression[],
    at: Omit<ScopedExpression, 'expression'>,
    depth = 0,
  ): readonly ScopedExpression[] {
    const taken: ScopedExpression[] = [];
    for (const expression of returns) {
      const bound = { ...at, expression };
      const counts = this.counts(bound, depth);
      if (counts !== false) taken.push(bound);
      if (counts) break;
    }
    return taken;
  }

  counts({ expression, ...at }: ScopedExpression, depth = 0): boolean | undefined {
    return typeof expression === 'object' && expression.kind === 'guarded'
      ? holds(this, { ...at, expression: expression.when }, depth + 1)
      : true;
  }

  options(
    { options, when }: Extract<Expression, { kind: 'either' }>,
    at: ScopedExpression,
    depth = 0,
  ): readonly Expression[] {
    const isFirst =
      when === undefined ? undefined : holds(this, { ...at, expression: when }, depth + 1);
    return isFirst === undefined ? options : options.slice(isFirst ? 0 : 1, isFirst ? 1 : 2);
  }

  #resolveChain(chain: string, bound: ScopedExpression, depth: number): Resolved {
    const [root = '', ...rest] = chain.split('.');
    const self = root === 'this' ? bound.bindings?.get(root) : undefined;
    const symbol = this.program.resolve(bound.path, root);
    let resolved = self ? this.resolve(self, depth + 1) : symbol && this.ofSymbol(symbol, depth);
    if (!resolved) return bound;
    for (const name of rest) resolved = this.member(resolved, name, depth + 1);
    return resolved;
  }

  ofSymbol(symbol: Symbol, depth: number): Resolved {
    return symbol.kind === 'value'
      ? this.resolve({ expression: symbol.fact.value, path: symbol.path }, depth + 1)
      : { symbol };
  }

  #resolveEither(
    either: Extract<Expression, { kind: 'either' }>,
    bound: ScopedExpression,
    depth: number,
  ): Resolved {
    const resolved = this.options(either, bound, depth).map((expression) =>
      this.resolve({ ...bound, expression }, depth + 1),
    );
    return resolved.find((option) => option.symbol || isKnown(option.expression)) ?? bound;
  }

  #resolveCall(
    call: Extract<Expression, { kind: 'call' | 'new' }>,
    bound: ScopedExpression,
    depth: number,
  ): Resolved {
    const { path, bindings } = bound;
    const [first] = call.args;
    const member = asMember(call.callee);
    const merged = { kind: 'object', entries: call.args.map((of) => ['', of] as const) } as const;
    if (member?.of === 'Object' && first !== undefined) {
      const expression = member.name === 'assign' ? merged : first;
      return this.resolve({ expression, path, bindings }, depth + 1);
    }
    const callee = this.resolve({ expression: call.callee, path, bindings }, depth + 1);
    if (callee.symbol?.kind === 'external' && isMerge(callee.symbol)) {
      return { expression: merged, path, bindings };
    }
    const args = this.arguments(call.args, bound, depth);
    if (callee.symbol?.kind === 'external' && args[0] && handsBack.test(callee.symbol.name)) {
      return this.resolve(args[0], depth + 1);
    }
    const [returned] = this.returnedBy(callee, args, depth);
    return returned ? this.resolve(returned, depth + 1) : bound;
  }
}

const isMerge = ({ module, name }: ExternalSymbol): boolean => merges.test(`${module}:${name}`);

function isKnown(expression: Expression): boolean {
  if (typeof expression === 'string') return false;
  return (
    !['unknown', 'parameter', 'argument', 'member', 'element'].includes(expression.kind) &&
    !(expression.kind === 'call')
  );
}
