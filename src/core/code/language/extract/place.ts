import type { Scope } from './scope.ts';

/** Where in the file the walk is. */
export interface Place {
  readonly scope: Scope;
  /** Index of the enclosing method; undefined at top level. */
  readonly method: number | undefined;
  readonly inLoop: boolean;
  /** In an `if`: in which of its arms. */
  readonly arm?: 'then' | 'else';
  /** What a decorator is given: run by whoever reads it, not by the method. */
  readonly inDecorator?: true;
  /** Within the argument of a `$transaction`. */
  readonly inTransaction?: true;
  /** Within the argument of a `$extends` and the like: name of the innermost function that has one, or empty. */
  readonly inExtension?: string;
}
