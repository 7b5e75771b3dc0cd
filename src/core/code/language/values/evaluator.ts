import type { Expression } from '../expression.ts';
import type { Program } from '../program/program.ts';
import type { FunctionSymbol, ScopedExpression, Symbol } from '../program/symbols.ts';

/** What an expression comes down to: a symbol, or an expression that isn't a name. */
export type Resolved =
  { readonly symbol: Symbol } | ({ readonly symbol?: undefined } & ScopedExpression);

/** Value of a constant expression. `undefined`: not known before the program runs. */
export type Constant = string | number | boolean | null | readonly Constant[] | Symbol | undefined;

/** Follows names, members, calls and parameters to what they stand for; `depth` ends cyclic code. */
export interface Evaluator {
  readonly program: Program;
  /** Follows an expression until it is no name any more. Cyclic code ends as unknown. */
  resolve(bound: ScopedExpression, depth?: number): Resolved;
  /** Value of an expression, undefined where it can't be known. */
  value(bound: ScopedExpression, depth?: number): Constant;
  /** Elements of an array, spreads and both arms of conditions included; anything else is one element. */
  items(bound: ScopedExpression, depth?: number): readonly ScopedExpression[];
  /** Names of an object literal's properties, those of objects spread into it included. */
  keys(bound: ScopedExpression, depth?: number): readonly string[];
  /** What a symbol stands for: of a value, what its expression comes down to. */
  ofSymbol(symbol: Symbol, depth: number): Resolved;
  /** What a call of a workspace function may give, the likeliest first, with its parameters bound. */
  called(symbol: FunctionSymbol, args: readonly ScopedExpression[]): readonly ScopedExpression[];
  /** What a function, of the workspace or written where it is given, may give for these arguments; else nothing. */
  returnedBy(
    callee: Resolved,
    args: readonly ScopedExpression[],
    depth?: number,
  ): readonly ScopedExpression[];
  /** False: a condition that is known not to hold stands before it; undefined: one that isn't known. */
  counts(bound: ScopedExpression, depth?: number): boolean | undefined;
  /** Arms of `c ? a : b`: the one that is taken, where that is known. */
  options(
    either: Extract<Expression, { kind: 'either' }>,
    at: ScopedExpression,
    depth?: number,
  ): readonly Expression[];
}
