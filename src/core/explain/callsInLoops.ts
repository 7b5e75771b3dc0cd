import type { CodeIndex } from '../code/model.ts';

/** Ids of the calls that stand inside a loop, or a callback of `map` and the like. */
export const callsInLoops = ({ calls }: CodeIndex): ReadonlySet<string> =>
  new Set(calls.flatMap(({ id, inLoop }) => (inLoop ? [id] : [])));
