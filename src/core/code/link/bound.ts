import type { Expression } from '../expression.ts';
import type { WorkspacePath } from '../model.ts';
import type { ClassSymbol } from './classes.ts';

/** Values of the parameters of the function an expression stands in. */
export type Bindings = ReadonlyMap<string, Bound>;

/** An expression and where it stands. */
export interface Bound {
  readonly expression: Expression;
  readonly path: WorkspacePath;
  readonly bindings?: Bindings | undefined;
  /** Class of `this` in it, where that matters. */
  readonly self?: ClassSymbol | undefined;
}

/** Values for the first of the names, as far as there are any. */
export function bindNames(
  names: readonly string[],
  args: readonly Expression[],
  where: Omit<Bound, 'expression'>,
): Bindings {
  const { path, bindings, self } = where;
  return new Map(
    names.flatMap((name, index) => {
      const expression = args[index];
      return expression === undefined ? [] : [[name, { expression, path, bindings, self }]];
    }),
  );
}
