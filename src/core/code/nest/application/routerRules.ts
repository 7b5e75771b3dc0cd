import { lastName, type Expression } from '../../language/expression.ts';
import type { SetupFact } from '../../language/facts.ts';
import type { RouterRules } from '../../model.ts';
import type { ScopedExpression } from '../../language/program/symbols.ts';
import type { ConstantEvaluator } from '../../language/values/constantEvaluator.ts';
import type { Resolved } from '../../language/values/evaluator.ts';

/** Express's own names of its settings; `set`, `enable` and `disable` are asked with them. */
export const caseSetting = 'case sensitive routing';
export const slashSetting = 'strict routing';

/** What an application's code says of its router besides the call that makes it. */
export interface RouterSettings {
  readonly isCaseSensitive: boolean;
  readonly isStrict: boolean;
  /** Versions that paths don't show tell routes apart. */
  readonly isVersioned: boolean;
}

/** True for `app.enable('strict routing')` and `app.set('strict routing', true)`; a value that isn't known is false. */
export function isSet(
  constants: ConstantEvaluator,
  {
    setup: { callee, args },
    ...where
  }: { readonly setup: SetupFact } & Omit<ScopedExpression, 'expression'>,
): boolean {
  if (lastName(callee) === 'enable') return true;
  const [, value] = args;
  return value !== undefined && constants.value({ ...where, expression: value }) === true;
}

/**
 * The rules of an application's router; undefined: which one it has isn't known.
 * Without an adapter NestJS takes Express, which ignores case and a slash at the end; Fastify does neither.
 * @param args of `NestFactory.create`.
 * @see https://expressjs.com/en/5x/api.html#app.settings.table
 * @see https://fastify.dev/docs/latest/Reference/Server/#routeroptions
 */
export function routerRules(
  constants: ConstantEvaluator,
  {
    args,
    ...where
  }: { readonly args: readonly Expression[] } & Omit<ScopedExpression, 'expression'>,
  settings: RouterSettings,
): RouterRules | undefined {
  const [adapter, options] = args
    .slice(1)
    .map((expression) => constants.resolve({ ...where, expression }));
  if (adapter === undefined) return expressRules(constants, adapter, settings);
  if (adapter.symbol || typeof adapter.expression !== 'object') return undefined;
  const { expression } = adapter;
  if (expression.kind === 'object') return expressRules(constants, adapter, settings);
  if (expression.kind !== 'new') return undefined;
  const name = classNameOf(constants, { ...adapter, expression: expression.callee });
  if (/express/i.test(name)) return expressRules(constants, options, settings);
  return /fastify/i.test(name) ? fastifyRules(constants, adapter, expression.args) : undefined;
}

const mostBases = 5;

/** Of a class of the workspace that of the package's class it extends. */
function classNameOf(constants: ConstantEvaluator, callee: ScopedExpression, level = 0): string {
  const { symbol } = constants.resolve(callee);
  if (symbol?.kind === 'external') return symbol.name;
  const base =
    symbol?.kind === 'class'
      ? constants.program.classAt(symbol.path, symbol.index).extends
      : undefined;
  if (symbol?.kind !== 'class' || base === undefined || level === mostBases)
    return lastName(callee.expression) ?? '';
  return classNameOf(constants, { expression: base, path: symbol.path }, level + 1);
}

function expressRules(
  constants: ConstantEvaluator,
  options: Resolved | undefined,
  { isCaseSensitive, isStrict, isVersioned }: RouterSettings,
): RouterRules {
  const strategy =
    options && !options.symbol ? constants.property(options, 'routeResolutionStrategy') : undefined;
  const isSorted = strategy !== undefined && constants.value(strategy) === 'specificity';
  return {
    adapter: 'express',
    caseSensitive: isCaseSensitive,
    strict: isStrict,
    mergesSlashes: false,
    inOrder: !isSorted && !isVersioned,
  };
}

/** Options that can't be read leave the router with the most tolerant rules. */
function fastifyRules(
  constants: ConstantEvaluator,
  where: ScopedExpression,
  [given]: readonly Expression[],
): RouterRules {
  const options =
    given === undefined ? undefined : optionsOf(constants, { ...where, expression: given });
  const inner = options && constants.property(options, 'routerOptions');
  const isUnread = given !== undefined && options === undefined;
  const isOn = (name: string, otherwise: boolean) => {
    const [found] = [inner, options].flatMap((of) => (of && constants.property(of, name)) ?? []);
    if (found === undefined) return isUnread ? !otherwise : otherwise;
    const value = constants.value(found);
    return typeof value === 'boolean' ? value : !otherwise;
  };
  return {
    adapter: 'fastify',
    caseSensitive: isOn('caseSensitive', true),
    strict: !isOn('ignoreTrailingSlash', false),
    mergesSlashes: isOn('ignoreDuplicateSlashes', false),
    inOrder: false,
  };
}

/** An object, or that of `fastify({…})`; undefined: it can't be read. */
function optionsOf(
  constants: ConstantEvaluator,
  bound: ScopedExpression,
): ScopedExpression | undefined {
  const resolved = constants.resolve(bound);
  if (resolved.symbol) return undefined;
  const { expression } = resolved;
  if (typeof expression !== 'object') return undefined;
  if (expression.kind === 'object') return resolved;
  const [first] = expression.kind === 'call' ? expression.args : [];
  return first === undefined ? undefined : optionsOf(constants, { ...resolved, expression: first });
}
