import { onceEach } from '../../base/onceEach.ts';
import type { CodeIndex } from '../model.ts';

/** More aren't looked into: of what only those beyond lead to nothing is said. */
const mostMethods = 50_000;

/** Ids of the methods that a handler's requests run through on their way to a method: it, its callers, theirs, and so on. */
export function methodsLeadingTo(methodId: string, index: CodeIndex): ReadonlySet<string> {
  const callers = callersBelowHandlers(index);
  const leading = new Set(callers.has(methodId) ? [methodId] : []);
  for (const id of leading) for (const caller of callers.get(id) ?? []) leading.add(caller);
  return leading;
}

/** Ids of a method and of those that it leads to. */
export function methodsBelow(methodId: string, index: CodeIndex): ReadonlySet<string> {
  const below = new Set([methodId]);
  for (const id of below) {
    if (below.size > mostMethods) break;
    for (const callee of index.callees(id).methods) below.add(callee);
  }
  return below;
}

/** Who calls each method that a handler leads to; guards and the like are called by the handlers that they run with. */
const callersBelowHandlers = onceEach((index: CodeIndex): ReadonlyMap<string, string[]> => {
  const handlers = new Set(index.handlers.map(({ methodId }) => methodId));
  const callers = new Map<string, string[]>([...handlers].map((id) => [id, []]));
  for (const id of callers.keys()) {
    if (callers.size > mostMethods) break;
    const { everywhere, named } = handlers.has(id) ? index.enhancersAround(id) : alone;
    for (const callee of new Set([...index.callees(id).methods, ...everywhere, ...named])) {
      const known = callers.get(callee);
      if (known) known.push(id);
      else callers.set(callee, [id]);
    }
  }
  return callers;
});

const alone = { everywhere: [], named: [] };
