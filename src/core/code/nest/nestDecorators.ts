import { asMember, type Expression } from '../language/expression.ts';
import type { DecoratorFact, MethodSource } from '../language/facts.ts';
import type { WorkspacePath } from '../location.ts';
import { bindArguments } from '../language/values/bindNames.ts';
import type { ConstantEvaluator } from '../language/values/constantEvaluator.ts';
import type { FunctionSymbol, Bindings, ScopedExpression } from '../language/program/symbols.ts';

/** A decorator of a framework, with its arguments where they stand. */
export interface NestDecorator {
  /** As exported: `Get`, `TypedRoute.Get`. */
  readonly name: string;
  readonly module: string;
  readonly args: readonly ScopedExpression[];
}

const maxDepth = 8;

type DecoratorTable = ReadonlyMap<readonly DecoratorFact[], readonly NestDecorator[]>;

/** Decorators of whole files: modules, controllers and other handlers all ask for the same. */
const tables = new WeakMap<ConstantEvaluator, (path: WorkspacePath) => DecoratorTable>();

/** Decorators as the framework gets them: aliases followed, `applyDecorators` and wrapping functions opened. */
export function nestDecorators(
  constants: ConstantEvaluator,
  facts: readonly DecoratorFact[],
  path: WorkspacePath,
  bindings?: Bindings,
): readonly NestDecorator[] {
  if (bindings) return readDecorators(constants, facts, path, bindings);
  // Files of the same content share their facts, and equal facts may outlive an edit: the table is by file, and may lack some.
  return decoratorsIn(constants, path).get(facts) ?? readDecorators(constants, facts, path);
}

/** All of a file's, by their facts. */
export function decoratorsIn(constants: ConstantEvaluator, path: WorkspacePath): DecoratorTable {
  let ask = tables.get(constants);
  if (!ask) {
    ask = constants.program.queryDatabase.deriveEach(
      (file) => readFile(constants, file),
      (file) => file,
    );
    tables.set(constants, ask);
  }
  return ask(path);
}

function readFile(constants: ConstantEvaluator, path: WorkspacePath): DecoratorTable {
  const { classes = [], methods = [] } = constants.program.facts(path) ?? {};
  const table = new Map<readonly DecoratorFact[], readonly NestDecorator[]>();
  for (const { decorators = [] } of [...classes, ...methods]) {
    if (decorators.length > 0) table.set(decorators, readDecorators(constants, decorators, path));
  }
  return table;
}

function readDecorators(
  constants: ConstantEvaluator,
  facts: readonly DecoratorFact[],
  path: WorkspacePath,
  bindings?: Bindings,
): readonly NestDecorator[] {
  let found: readonly NestDecorator[] = [];
  // The last one runs first.
  for (const { name, args } of facts.toReversed()) {
    const expression = args ? ({ kind: 'call', callee: name, args } as const) : name;
    const own: NestDecorator[] = [];
    collect(constants, { expression, path, bindings }, own, 0);
    found = own.includes(replacing) ? own.filter((of) => of !== replacing) : [...own, ...found];
  }
  return found;
}

/** Stands for a decorator that takes what those below it have said. */
const replacing: NestDecorator = { name: '', module: '', args: [] };

function collect(
  constants: ConstantEvaluator,
  bound: ScopedExpression,
  found: NestDecorator[],
  depth: number,
): void {
  const { effort } = constants.program.queryDatabase;
  if (depth > maxDepth || !effort.enter()) return;
  open(constants, bound, found, depth);
  effort.leave();
}

function open(
  constants: ConstantEvaluator,
  bound: ScopedExpression,
  found: NestDecorator[],
  depth: number,
): void {
  const { expression, path, bindings } = bound;
  if (typeof expression === 'object' && expression.kind === 'spread') {
    for (const item of constants.items({ ...bound, expression: expression.of })) {
      collect(constants, item, found, depth + 1);
    }
    return;
  }
  if (typeof expression === 'object' && expression.kind === 'either') {
    for (const option of constants.options(expression, bound)) {
      collect(constants, { ...bound, expression: option }, found, depth + 1);
    }
    return;
  }
  if (typeof expression === 'object' && expression.kind === 'guarded') {
    collect(constants, { ...bound, expression: expression.of }, found, depth + 1);
    return;
  }
  if (typeof expression !== 'object' || expression.kind !== 'call') {
    const resolved = constants.resolve(bound);
    if (resolved.symbol?.kind === 'external') add(found, resolved.symbol, []);
    else if (resolved.symbol?.kind === 'function')
      openFunction(constants, resolved.symbol, [], found, depth);
    else if (!resolved.symbol && resolved.expression !== expression) {
      collect(constants, resolved, found, depth + 1);
    } else if (!resolved.symbol) openInline(constants, resolved, [], found, depth);
    return;
  }
  const { callee: called, args } = directly(constants, expression, bound);
  const callee = constants.resolve({ expression: called, path, bindings });
  if (callee.symbol?.kind === 'external') {
    if (callee.symbol.name === 'applyDecorators') {
      for (const arg of args) collect(constants, arg, found, depth + 1);
    } else add(found, callee.symbol, args);
  } else if (callee.symbol?.kind === 'function') {
    openFunction(constants, callee.symbol, args, found, depth);
  } else if (!callee.symbol) {
    openInline(constants, callee, args, found, depth);
  }
}

/** The function that a call runs, `f` also of `f.call(null, …)` and `f.apply(null, […])`, and its arguments. */
function directly(
  constants: ConstantEvaluator,
  { callee, args }: Extract<Expression, { kind: 'call' | 'new' }>,
  at: ScopedExpression,
): { readonly callee: Expression; readonly args: readonly ScopedExpression[] } {
  const member = asMember(callee);
  const [, list] = args;
  if (member?.name === 'apply' && list !== undefined) {
    return { callee: member.of, args: constants.items({ ...at, expression: list }) };
  }
  return member?.name === 'call'
    ? { callee: member.of, args: constants.arguments(args.slice(1), at) }
    : { callee, args: constants.arguments(args, at) };
}

function add(
  found: NestDecorator[],
  symbol: { readonly module: string; readonly name: string },
  args: readonly ScopedExpression[],
): void {
  found.push({ name: symbol.name, module: symbol.module, args });
}

/** A decorator factory of the workspace: what it returns, and what it applies itself. */
function openFunction(
  constants: ConstantEvaluator,
  symbol: FunctionSymbol,
  args: readonly ScopedExpression[],
  found: NestDecorator[],
  depth: number,
): void {
  const method = constants.program.methodAt(symbol.path, symbol.index);
  collectGiven(constants, method, constants.inside(symbol, args), found, depth);
}

/** What a function gives and what it applies, but for what conditions rule out. */
function collectGiven(
  constants: ConstantEvaluator,
  { returns = [], applies = [], replaces }: Pick<MethodSource, 'returns' | 'applies' | 'replaces'>,
  at: Omit<ScopedExpression, 'expression'>,
  found: NestDecorator[],
  depth: number,
): void {
  if (replaces) found.push(replacing);
  for (const bound of constants.returned(returns, at)) collect(constants, bound, found, depth + 1);
  for (const expression of applies) {
    const bound = { ...at, expression };
    if (constants.counts(bound) !== false) collect(constants, bound, found, depth + 1);
  }
}

function openInline(
  constants: ConstantEvaluator,
  callee: ScopedExpression,
  args: readonly ScopedExpression[],
  found: NestDecorator[],
  depth: number,
): void {
  const { expression, path } = callee;
  if (typeof expression !== 'object' || expression.kind !== 'function') return;
  const own = bindArguments(expression.parameters, args);
  const bindings = new Map([...(callee.bindings ?? []), ...own]);
  collectGiven(constants, expression, { path, bindings }, found, depth);
}
