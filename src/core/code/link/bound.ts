import type { Expression } from '../expression.ts';
import type { WorkspacePath } from '../model.ts';

/** Values of the parameters of the function an expression stands in. */
export type Bindings = ReadonlyMap<string, Bound>;

/** An expression and where it stands. */
export interface Bound {
  readonly expression: Expression;
  readonly path: WorkspacePath;
  readonly bindings?: Bindings | undefined;
}
