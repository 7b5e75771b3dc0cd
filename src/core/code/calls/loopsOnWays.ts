import type { CodeLocation } from '../location.ts';

/** A method that calls another one, and the loop of its own that it does so in. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly loop: CodeLocation | undefined;
}

/** Nobody is told of more. */
const mostLoops = 3;

/**
 * By method: the loops that run it, on each way to it the last one before it. None of a method that no loop leads to.
 * Circles end.
 */
export function loopsOnWays(ways: readonly Way[]): ReadonlyMap<string, readonly CodeLocation[]> {
  const found = new Map<string, CodeLocation[]>();
  const changed: string[] = [];
  const add = (method: string, { path, line, column }: CodeLocation) => {
    const loops = found.get(method) ?? [];
    found.set(method, loops);
    if (loops.length >= mostLoops) return;
    if (loops.some((one) => one.path === path && one.line === line)) return;
    loops.push({ path, line, column });
    changed.push(method);
  };
  for (const { to, loop } of ways) if (loop) add(to, loop);
  if (found.size === 0) return found;
  const onward = Map.groupBy(
    ways.filter(({ loop }) => loop === undefined),
    ({ from }) => from,
  );
  for (const method of changed)
    for (const { to } of onward.get(method) ?? [])
      for (const loop of [...(found.get(method) ?? [])]) add(to, loop);
  return found;
}
