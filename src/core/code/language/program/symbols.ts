import type { WorkspacePath } from '../../location.ts';
import type { Expression } from '../expression.ts';
import type { TypeFact, ValueFact } from '../facts.ts';

/** What a name stands for. */
export type Symbol =
  | {
      readonly kind: 'class';
      readonly path: WorkspacePath;
      readonly index: number;
      /** Of a class made by a function: the function's arguments. */
      readonly bindings?: Bindings | undefined;
    }
  | {
      readonly kind: 'function';
      readonly path: WorkspacePath;
      readonly index: number;
      /** Of a static method: the class it is asked of, as `this`. */
      readonly bindings?: Bindings | undefined;
    }
  | { readonly kind: 'value'; readonly path: WorkspacePath; readonly fact: ValueFact }
  | { readonly kind: 'type'; readonly path: WorkspacePath; readonly fact: TypeFact }
  /** All exports of a file. */
  | { readonly kind: 'namespace'; readonly path: WorkspacePath }
  /** Of a package outside the workspace, or of a file that isn't there. `name` may be dotted; `*`: all of it. */
  | { readonly kind: 'external'; readonly module: string; readonly name: string };

export type ClassSymbol = Extract<Symbol, { kind: 'class' }>;
export type ExternalSymbol = Extract<Symbol, { kind: 'external' }>;
export type FunctionSymbol = Extract<Symbol, { kind: 'function' }>;

/** Values of the parameters of the function an expression stands in. */
export type Bindings = ReadonlyMap<string, ScopedExpression>;

/** An expression and where it stands. */
export interface ScopedExpression {
  readonly expression: Expression;
  readonly path: WorkspacePath;
  readonly bindings?: Bindings | undefined;
  /** Class of `this` in it, where that matters. */
  readonly self?: ClassSymbol | undefined;
}
