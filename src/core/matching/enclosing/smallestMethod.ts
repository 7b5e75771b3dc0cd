import type { CodeIndex } from '../../code/model.ts';

/** What leads to more methods isn't looked into: nothing small would come of it. */
const mostMethods = 1_000;

/**
 * The smallest method that every way from a method to the makers it leads to runs through, which is the method itself
 * where the ways part at once. Undefined: it leads to none.
 *
 * Their common dominator in the call graph (Cooper, Harvey, Kennedy: A Simple, Fast Dominance Algorithm).
 */
export function smallestMethodAround(
  methodId: string,
  isMaker: (methodId: string) => boolean,
  index: CodeIndex,
): string | undefined {
  const order = calleesFirst(methodId, index);
  const makers = order.flatMap((id, at) => (isMaker(id) ? [at] : []));
  if (makers.length === 0) return undefined;
  if (order.length > mostMethods) return methodId;
  const positions = new Map(order.map((id, at) => [id, at]));
  const callers: number[][] = order.map(() => []);
  for (const [at, id] of order.entries()) {
    for (const callee of index.callees(id).methods) callers[positions.get(callee) ?? -1]?.push(at);
  }
  const start = order.length - 1;
  const above = new Int32Array(order.length).fill(-1);
  above[start] = start;
  for (let changes = true; changes;) {
    changes = false;
    for (let at = start - 1; at >= 0; at--) {
      const known = (callers[at] ?? []).filter((caller) => above[caller] !== -1);
      const meeting = known.reduce((a, b) => meet(a, b, above));
      if (above[at] === meeting) continue;
      above[at] = meeting;
      changes = true;
    }
  }
  return order[makers.reduce((a, b) => meet(a, b, above))];
}

/** Where two methods' ways from the start last ran together. */
function meet(one: number, other: number, above: Int32Array): number {
  let [a, b] = [one, other];
  while (a !== b) {
    while (a < b) a = above[a] ?? b;
    while (b < a) b = above[b] ?? a;
  }
  return a;
}

/** What a method leads to in postorder, itself last; a few more than `mostMethods` at most. */
function calleesFirst(start: string, index: CodeIndex): readonly string[] {
  const order: string[] = [];
  const seen = new Set([start]);
  const open = [{ id: start, callees: index.callees(start).methods, next: 0 }];
  for (let top = open.at(-1); top !== undefined; top = open.at(-1)) {
    const callee = top.callees[top.next++];
    if (callee === undefined) {
      order.push(top.id);
      open.pop();
    } else if (!seen.has(callee) && seen.size <= mostMethods) {
      seen.add(callee);
      open.push({ id: callee, callees: index.callees(callee).methods, next: 0 });
    }
  }
  return order;
}
