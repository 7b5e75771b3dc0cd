import type { CodeLocation } from '../code/location.ts';
import type { CodeIndex } from '../code/model.ts';
import { enclosingMethod } from '../matching/lookups.ts';

/** The loops of the code that run calls. */
export interface Loops {
  /** Id of the method around a line. */
  methodAt(location: CodeLocation): string | undefined;
  /**
   * Loops that run a call below a method: the one that the call stands in, else those of its callers; several where the
   * code has several ways to it.
   */
  around(callId: string, methodId: string | undefined): readonly CodeLocation[];
}

/** By id of the call. */
type LoopsOfCalls = ReadonlyMap<string, readonly CodeLocation[]>;

/** For one explanation, or many of one index: each method's calls are looked at once. */
export function loopsOf(index: CodeIndex): Loops {
  const own: LoopsOfCalls = new Map(
    index.calls.flatMap(({ id, loop }) => (loop ? [[id, [loop]]] : [])),
  );
  const below = new Map<string, LoopsOfCalls>();
  const loopsBelow = (methodId: string): LoopsOfCalls => {
    const known = below.get(methodId);
    if (known) return known;
    const reached = index.reachableCalls(methodId);
    const loops = new Map(reached.flatMap(({ call, loops }) => (loops ? [[call.id, loops]] : [])));
    below.set(methodId, loops);
    return loops;
  };
  return {
    methodAt: ({ path, line }) => enclosingMethod(index, path, line)?.id,
    around: (callId, methodId) =>
      own.get(callId) ??
      (methodId === undefined ? undefined : loopsBelow(methodId).get(callId)) ??
      [],
  };
}
