import { asMember, unknownExpression, type Expression } from '../expression.ts';
import type { ClassFact } from '../facts.ts';
import type { WorkspacePath } from '../model.ts';
import { bindArguments, parameterNames, type Bound } from './bound.ts';
import type { ClassSymbol } from './classes.ts';
import { holds } from './conditions.ts';
import { KnownAnswers } from './knownAnswers.ts';
import type { ExternalSymbol, FunctionSymbol, Program, Symbol } from './program.ts';
import { calculate, joined } from './scalars.ts';
import { callOnConstants } from './textCalls.ts';

/** What an expression comes down to: a symbol, or an expression that isn't a name. */
export type Resolved = { readonly symbol: Symbol } | ({ readonly symbol?: undefined } & Bound);

/** Value of a constant expression. `undefined`: not known before the program runs. */
export type Constant = string | number | boolean | null | readonly Constant[] | Symbol | undefined;

const maxDepth = 24;
/** Kinds of expressions that stand for something else. */
const references = new Set([
  'member',
  'element',
  'parameter',
  'typed',
  'class',
  'given',
  'either',
  'call',
]);
/** Kinds of expressions whose value is made of others'. */
const composites = new Set(['join', 'arithmetic', 'array', 'condition', 'call']);
const listMethods = new Set(['concat', 'slice', 'map']);
/** Functions of packages that give what they are given, or a copy. */
const handsBack = /^(.+\.)?(mixin|clone|cloneDeep|deepFreeze)$/;
/** Functions, after their packages, that put their arguments' properties together, those of later ones first. */
const merges =
  /^(lodash(-es)?:(default\.)?(merge|assign|extend)|lodash(-es)?[./](merge|assign|extend):(default|\*)|(ts-)?deepmerge:(default|merge|\*))$/;

/** Follows names, members, calls and parameters to what they stand for. */
export class Constants {
  readonly program: Program;
  readonly #answers: KnownAnswers;

  constructor(program: Program) {
    this.program = program;
    this.#answers = new KnownAnswers(program.derivations.effort);
  }

  /** Follows an expression until it is no name any more. Cyclic code ends as unknown. */
  resolve(bound: Bound, depth = 0): Resolved {
    const { expression, path } = bound;
    if (typeof expression === 'object' && !references.has(expression.kind)) return bound;
    const unknown: Resolved = { expression: unknownExpression, path };
    if (depth > maxDepth) return unknown;
    return this.#answers.once('resolved', bound, depth, unknown, () => this.#follow(bound, depth));
  }

  #follow(bound: Bound, depth: number): Resolved {
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
      case 'given':
        return follow(expression.of);
      case 'either':
        return this.#resolveEither(expression, bound, depth);
      case 'call':
        return this.#resolveCall(expression, bound, depth);
      default:
        return bound;
    }
  }

  /** Value of an expression, undefined where it can't be known. */
  value(bound: Bound, depth = 0): Constant {
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

  #compose(expression: Exclude<Expression, string>, resolved: Bound, depth: number): Constant {
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
          this.#listCall(expression, resolved, depth)?.map((item) => this.value(item, depth + 1))
        );
      default:
        return undefined;
    }
  }

  /** Elements of an array, spreads and both arms of conditions included; anything else is one element. */
  items(bound: Bound, depth = 0): readonly Bound[] {
    if (depth > maxDepth) return [];
    return this.#answers.once('items', bound, depth, [], () => this.#elements(bound, depth));
  }

  #elements(bound: Bound, depth: number): readonly Bound[] {
    const { expression, path, bindings } = bound;
    const inner = (next: Expression, at: Bound = bound) =>
      this.items({ expression: next, path: at.path, bindings: at.bindings }, depth + 1);
    if (typeof expression === 'object') {
      if (expression.kind === 'spread') return inner(expression.of);
      if (expression.kind === 'given')
        return this.#counts(bound, depth) === false ? [] : inner(expression.of);
      if (expression.kind === 'either' && !expression.fallback) {
        const options = this.options(expression, bound, depth);
        return this.#answers.gather(options, (option) => inner(option));
      }
      if (expression.kind === 'array')
        return this.#answers.gather(expression.items, (item) => inner(item));
      if (expression.kind === 'literal') return [];
      const made =
        expression.kind === 'call' ? this.#listCall(expression, bound, depth) : undefined;
      if (made) return made;
    }
    const symbol = typeof expression === 'string' && this.program.resolve(path, expression);
    if (symbol && symbol.kind === 'value' && isRead(symbol.fact.value)) {
      return inner(symbol.fact.value, { expression, path: symbol.path });
    }
    const resolved = this.resolve({ expression, path, bindings }, depth + 1);
    if (resolved.symbol) return [bound];
    const isList =
      typeof resolved.expression === 'object' &&
      ['array', 'either', 'call'].includes(resolved.expression.kind);
    return isList && resolved.expression !== expression
      ? inner(resolved.expression, resolved)
      : [resolved];
  }

  /** What `concat`, `slice`, `map` and `Object.values` make a list of; undefined for other calls. */
  #listCall(
    { callee, args }: Extract<Expression, { kind: 'call' | 'new' }>,
    at: Bound,
    depth: number,
  ): readonly Bound[] | undefined {
    const member = asMember(callee);
    const [first] = args;
    if (first !== undefined && isValues(callee))
      return this.#valuesOf({ ...at, expression: first });
    if (!member || first === undefined || !listMethods.has(member.name)) return undefined;
    if (!this.#isList({ ...at, expression: member.of }, depth)) return undefined;
    const items = (expression: Expression) => this.items({ ...at, expression }, depth + 1);
    if (member.name === 'concat') return this.#answers.gather([member.of, ...args], items);
    if (member.name === 'slice') {
      const start = this.value({ ...at, expression: first }, depth + 1);
      return typeof start === 'number' ? items(member.of).slice(start) : undefined;
    }
    const each = this.resolve({ ...at, expression: first }, depth + 1);
    return this.#answers.gather(items(member.of), (item) =>
      this.returnedBy(each, [item], depth).slice(0, 1),
    );
  }

  /** What a module exports, or the properties of an object; undefined for anything else. */
  #valuesOf(of: Bound): readonly Bound[] | undefined {
    const resolved = this.resolve(of);
    const names =
      resolved.symbol?.kind === 'namespace'
        ? this.program.exportedNames(resolved.symbol.path)
        : this.keys(of);
    return names.length === 0
      ? undefined
      : names.map((name) => ({ ...of, expression: { kind: 'member', of: of.expression, name } }));
  }

  /** False for texts, which have methods of the same names. */
  #isList(bound: Bound, depth: number): boolean {
    const { symbol, ...resolved } = this.resolve(bound, depth + 1);
    if (symbol || !('expression' in resolved) || typeof resolved.expression === 'string')
      return false;
    const { kind } = resolved.expression;
    return (
      kind === 'array' ||
      (kind === 'call' && this.#listCall(resolved.expression, resolved, depth + 1) !== undefined)
    );
  }

  /** What a function, of the workspace or written where it is given, may give for these arguments; else nothing. */
  returnedBy(callee: Resolved, args: readonly Bound[], depth = 0): readonly Bound[] {
    if (callee.symbol?.kind === 'function') return this.called(callee.symbol, args);
    if (callee.symbol || typeof callee.expression !== 'object') return [];
    const { expression, ...at } = callee;
    if (expression.kind !== 'function') return [];
    const own = bindArguments(expression.parameters, args);
    const bindings = new Map([...(at.bindings ?? []), ...own]);
    return this.returned(expression.returns, { ...at, bindings }, depth);
  }

  /** A property of an object literal; undefined when it has none of that name, or isn't one. */
  property(bound: Bound, key: string): Bound | undefined {
    const resolved = this.resolve(bound);
    if (resolved.symbol) return undefined;
    const found = this.#entry(resolved, key, 0);
    return found;
  }

  /** Names of an object literal's properties, those of objects spread into it included. */
  keys(bound: Bound, depth = 0): readonly string[] {
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
    if (resolved.symbol) return this.#symbolMember(resolved.symbol, name, depth);
    const entry = this.#entry(resolved, name, depth);
    return entry
      ? this.resolve(entry, depth + 1)
      : { ...resolved, expression: { kind: 'member', of: resolved.expression, name } };
  }

  /** Arguments of a call, spread ones as what they hold. */
  arguments(
    args: readonly Expression[],
    { path, bindings }: Omit<Bound, 'expression'>,
    depth = 0,
  ): readonly Bound[] {
    return this.#answers.gather(args, (expression): readonly Bound[] => {
      const bound = { expression, path, bindings };
      const isSpread =
        typeof expression === 'object' && expression.kind === 'spread' && !expression.each;
      return isSpread ? this.items(bound, depth + 1) : [bound];
    });
  }

  /** What a call of a workspace function may give, the likeliest first, with its parameters bound. */
  called(symbol: FunctionSymbol, args: readonly Bound[]): readonly Bound[] {
    const { returns = [] } = this.program.methodAt(symbol.path, symbol.index);
    return this.returned(returns, this.inside(symbol, args));
  }

  /** Within a function of the workspace, its parameters bound. */
  inside(
    { path, index, bindings }: FunctionSymbol,
    args: readonly Bound[],
  ): Omit<Bound, 'expression'> {
    const own = bindArguments(parameterNames(this.program.methodAt(path, index)), args);
    return { path, bindings: bindings ? new Map([...bindings, ...own]) : own };
  }

  /** Of a function's returns those up to the first that is sure to be taken; what conditions rule out is none. */
  returned(
    returns: readonly Expression[],
    at: Omit<Bound, 'expression'>,
    depth = 0,
  ): readonly Bound[] {
    const taken: Bound[] = [];
    for (const expression of returns) {
      const bound = { ...at, expression };
      const counts = this.#counts(bound, depth);
      if (counts !== false) taken.push(bound);
      if (counts) break;
    }
    return taken;
  }

  /** False: a condition that is known not to hold stands before it. */
  counts(bound: Bound): boolean {
    return this.#counts(bound, 0) !== false;
  }

  #counts({ expression, ...at }: Bound, depth: number): boolean | undefined {
    return typeof expression === 'object' && expression.kind === 'given'
      ? holds(this, { ...at, expression: expression.when }, depth + 1)
      : true;
  }

  /** Arms of `c ? a : b`: the one that is taken, where that is known. */
  options(
    { options, when }: Extract<Expression, { kind: 'either' }>,
    at: Bound,
    depth = 0,
  ): readonly Expression[] {
    const isFirst =
      when === undefined ? undefined : holds(this, { ...at, expression: when }, depth + 1);
    return isFirst === undefined ? options : options.slice(isFirst ? 0 : 1, isFirst ? 1 : 2);
  }

  #resolveChain(chain: string, bound: Bound, depth: number): Resolved {
    const [root = '', ...rest] = chain.split('.');
    const self = root === 'this' ? bound.bindings?.get(root) : undefined;
    const symbol = this.program.resolve(bound.path, root);
    let resolved = self ? this.resolve(self, depth + 1) : symbol && this.#fromSymbol(symbol, depth);
    if (!resolved) return bound;
    for (const name of rest) resolved = this.member(resolved, name, depth + 1);
    return resolved;
  }

  #fromSymbol(symbol: Symbol, depth: number): Resolved {
    return symbol.kind === 'value'
      ? this.resolve({ expression: symbol.fact.value, path: symbol.path }, depth + 1)
      : { symbol };
  }

  #symbolMember(symbol: Symbol, name: string, depth: number): Resolved {
    if (symbol.kind === 'external') {
      const dotted = symbol.name === '*' ? name : `${symbol.name}.${name}`;
      return { symbol: { ...symbol, name: dotted } };
    }
    if (symbol.kind === 'namespace') {
      const found = this.program.exported(symbol.path, name);
      if (found) return this.#fromSymbol(found, depth);
    }
    return symbol.kind === 'class'
      ? this.#staticMember(symbol, name, depth, symbol)
      : { expression: unknownExpression, path: '' };
  }

  /** A static member of a class or of its bases, with `self` for `this`. */
  #staticMember(owner: ClassSymbol, name: string, depth: number, self: ClassSymbol): Resolved {
    const { path, bindings: outer = [] } = owner;
    const fact = this.program.classAt(path, owner.index);
    const bindings = () => {
      const expression = { kind: 'class', index: self.index } as const;
      const given: Bound = { expression, path: self.path, bindings: self.bindings };
      return new Map([...outer, ['this', given]]);
    };
    const property = fact.properties.find((p) => p.static === true && p.name === name);
    if (property?.value !== undefined) {
      const { value } = property;
      return this.resolve({ expression: value, path, bindings: bindings() }, depth + 1);
    }
    if (name === 'name' && fact.name)
      return { expression: { kind: 'text', text: fact.name }, path };
    const index = this.#staticMethod(fact, path, name);
    if (index !== undefined) {
      const symbol = { kind: 'function', path, index, bindings: bindings() } as const;
      const isGetter = this.program.methodAt(path, index).kind === 'getter';
      const [returned] = isGetter ? this.called(symbol, []) : [];
      return returned ? this.resolve(returned, depth + 1) : { symbol };
    }
    const base =
      fact.extends === undefined || depth > maxDepth
        ? undefined
        : this.resolve({ expression: fact.extends, path, bindings: owner.bindings }, depth + 1);
    return base?.symbol?.kind === 'class'
      ? this.#staticMember(base.symbol, name, depth + 1, self)
      : { expression: unknownExpression, path: '' };
  }

  #staticMethod(fact: ClassFact, path: WorkspacePath, name: string): number | undefined {
    return fact.methods.find((index) => {
      const method = this.program.methodAt(path, index);
      return method.name === name && method.static;
    });
  }

  #entry(bound: Bound, key: string, depth: number): Bound | undefined {
    const { expression, path, bindings } = bound;
    if (typeof expression !== 'object' || depth > maxDepth) return undefined;
    if (expression.kind === 'array') {
      const item = expression.items[Number(key)];
      return item === undefined ? undefined : { expression: item, path, bindings };
    }
    if (expression.kind !== 'object') return undefined;
    const { effort } = this.program.derivations;
    if (!effort.enter()) return undefined;
    const found = this.#entryOf(expression, bound, key, depth);
    effort.leave();
    return found;
  }

  #entryOf(
    expression: Extract<Expression, { kind: 'object' }>,
    { path, bindings }: Bound,
    key: string,
    depth: number,
  ): Bound | undefined {
    for (const [name, value] of expression.entries.toReversed()) {
      if (name === key) return { expression: value, path, bindings };
      if (name !== '') continue;
      const spread = this.resolve({ expression: value, path, bindings }, depth + 1);
      const found = spread.symbol ? undefined : this.#entry(spread, key, depth + 1);
      if (found) return found;
    }
    const computed = expression.entries.find(([name]) => {
      const value = name.includes('.') && this.value({ expression: name, path }, depth + 1);
      return keyOf(value) === key;
    });
    return computed && { expression: computed[1], path, bindings };
  }

  #resolveEither(
    either: Extract<Expression, { kind: 'either' }>,
    bound: Bound,
    depth: number,
  ): Resolved {
    const resolved = this.options(either, bound, depth).map((expression) =>
      this.resolve({ ...bound, expression }, depth + 1),
    );
    return resolved.find((option) => option.symbol || isKnown(option.expression)) ?? bound;
  }

  #resolveCall(
    call: Extract<Expression, { kind: 'call' | 'new' }>,
    bound: Bound,
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

/** The key of a property: of a member of a package's enum its name, `RequestMethod.GET`. */
function keyOf(index: Constant): string | undefined {
  if (typeof index === 'string' || typeof index === 'number') return String(index);
  const isSymbol = typeof index === 'object' && index !== null && 'kind' in index;
  return isSymbol && index.kind === 'external' ? index.name : undefined;
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

function isKnown(expression: Expression): boolean {
  if (typeof expression === 'string') return false;
  return (
    !['unknown', 'parameter', 'argument', 'member', 'element'].includes(expression.kind) &&
    !(expression.kind === 'call')
  );
}
