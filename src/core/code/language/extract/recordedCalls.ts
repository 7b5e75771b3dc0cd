import type { ImportFact } from '../facts.ts';

/** Which calls get a fact, by what the syntax shows: whoever links them knows the libraries that they are of. */
export interface RecordedCalls {
  /** Called members by their names, with how many of their arguments are kept. */
  readonly members: ReadonlyMap<string, number>;
  /** True for a file whose called members all get a fact, whatever their names, without arguments. */
  recordsAll(imports: readonly ImportFact[]): boolean;
  /** The same of members that get a fact only in files that import such a package: their names are everybody's. */
  membersOf(module: string): ReadonlyMap<string, number> | undefined;
  /** How many arguments are kept of values that are called themselves, by the package they come from; undefined: no fact. */
  argumentsOf(module: string): number | undefined;
  /** The same of names that no file declares: `fetch`. */
  readonly globals: ReadonlyMap<string, number>;
  /**
   * Members that build a statement call by call, with how many of their arguments are kept: `knex('orders').where(…).first()`
   * gets one fact, at the first of them.
   */
  readonly builders: ReadonlyMap<string, number>;
  /** Members whose arguments run within the call, by their names: what facts call them. */
  readonly around: ReadonlyMap<string, string>;
  /** Members that give data: what is called on that is never of the workspace. */
  readonly data: ReadonlySet<string>;
}
