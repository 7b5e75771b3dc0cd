import type { CallAround, CallFact } from '../facts.ts';
import type { Scope } from './scope.ts';

/** Where in the file the walk is. */
export interface Place {
  readonly scope: Scope;
  /** Index of the enclosing method; undefined at top level. */
  readonly method: number | undefined;
  /** Line of the innermost loop, or of the `map` and the like, that it is in; undefined: it runs once. */
  readonly loop: number | undefined;
  /** In an `if`: in which of its arms. */
  readonly arm?: 'then' | 'else';
  /** What a decorator is given: run by whoever reads it, not by the method. */
  readonly inDecorator?: true;
  /** In an argument of a call that builds a statement. */
  readonly inStatement?: boolean;
  /** Calls around it: see `LibraryCallFact`. */
  readonly within?: readonly CallAround[];
}

/** What facts say of where a call stands. */
export const inMethod = (
  method: number,
  { loop }: Pick<Place, 'loop'>,
): Pick<CallFact, 'method' | 'loop'> => ({ method, ...(loop !== undefined && { loop }) });

/** Within a function of that name. */
export function inFunction(name: string, { within }: Place): Pick<Place, 'within'> {
  return within ? { within: within.map(({ call }) => ({ call, function: name })) } : {};
}
