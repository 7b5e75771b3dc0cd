import type { CallAround } from '../facts.ts';
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
  /** Calls around it: see `LibraryCallFact`. */
  readonly within?: readonly CallAround[];
}

/** Within a function of that name. */
export function inFunction(name: string, { within }: Place): Pick<Place, 'within'> {
  return within ? { within: within.map(({ call }) => ({ call, function: name })) } : {};
}
