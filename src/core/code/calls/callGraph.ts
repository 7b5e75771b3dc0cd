import { memberOf } from '../language/expression.ts';
import type { FileFacts } from '../language/facts.ts';
import type { CodeLocation } from '../location.ts';
import type { CallSite, MethodCallees, PrismaCallSite, ReachedCall } from '../model.ts';
import { isClientOperation } from './prisma/prismaOperations.ts';
import { loopsOnWays, type Way } from './loopsOnWays.ts';
import type {
  CalledMethods,
  Callee,
  Callees,
  ExtensionMethod,
  MethodRef,
} from './calledMethods.ts';
import { classKey } from '../language/types/classes.ts';
import type { MethodTable } from '../language/types/methodTable.ts';
import { modelThrough } from './prisma/prismaCalls.ts';
import type { Program } from '../language/program/program.ts';
import type { Types } from '../language/types/types.ts';

interface CallGraphParts {
  readonly program: Program;
  readonly called: CalledMethods;
  readonly types: Types;
  readonly models: ReadonlyMap<string, string>;
  readonly methods: MethodTable;
  readonly callsIn: (path: string) => readonly CallSite[];
}

/** What running a method leads to. */
interface Reach {
  readonly calls: readonly ReachedCall[];
  readonly isOpen: boolean;
}

/** A request that runs through more methods than this has no near candidates left. */
const maxMethods = 3_000;
const maxDistance = 16;

/** Callees of each method's file, made once per file. */
const calleesOfFacts = new WeakMap<FileFacts, ReadonlyMap<number, readonly Callee[]>>();

/** Calls between methods, followed when asked for. */
export class CallGraph {
  readonly #parts: CallGraphParts;
  readonly #edges: (place: MethodRef) => Callees;
  readonly #reach: (methodId: string) => Reach;
  readonly #extending: (name: string) => readonly PrismaCallSite[];

  constructor(parts: CallGraphParts) {
    this.#parts = parts;
    const { queryDatabase } = parts.program;
    this.#edges = queryDatabase.deriveEach((place) => this.#findCallees(place), keyOf);
    const inExtensions = queryDatabase.derive(() =>
      [...parts.program.files.keys()].flatMap((path) => parts.callsIn(path).filter(isInExtension)),
    );
    this.#extending = queryDatabase.deriveEach(
      (name) => inExtensions().filter(({ inExtension }) => inExtension === name),
      (name) => name,
    );
    this.#reach = queryDatabase.deriveEach(
      (methodId) => this.#search(methodId),
      (methodId) => methodId,
    );
  }

  /** Calls that leave the method and what it calls, breadth first; cycles end. */
  reachableCalls(methodId: string): readonly ReachedCall[] {
    return this.#reach(methodId).calls;
  }

  /** True when something that is called could not be followed. */
  callsUnknown(methodId: string): boolean {
    return this.#reach(methodId).isOpen;
  }

  /** What the method's own code calls, of whatever class `this` is. */
  callees(methodId: string): MethodCallees {
    const place = this.#parts.methods.place(methodId);
    if (!place) return { methods: [], isOpen: false, callsPackages: false };
    const { methods, isOpen, callsPackages } = this.#edges(place);
    const ids = methods.map(({ path, index }) => this.#parts.methods.at(path, index).id);
    return { methods: [...new Set(ids)], isOpen, callsPackages };
  }

  #search(methodId: string): Reach {
    const start = this.#parts.methods.place(methodId);
    if (!start) return { calls: [], isOpen: false };
    const calls = new Map<string, { readonly reached: ReachedCall; readonly within: string }>();
    const ways: Way[] = [];
    const seen = new Set([keyOf(start)]);
    const add = (reached: ReachedCall, within: string) => {
      const key = `${reached.call.id} ${reached.model ?? ''}`;
      if (!calls.has(key)) calls.set(key, { reached, within });
    };
    let isOpen = false;
    let level: readonly MethodRef[] = [start];
    for (let distance = 0; level.length > 0 && distance <= maxDistance; distance += 1) {
      const next: MethodRef[] = [];
      for (const place of level) {
        const from = keyOf(place);
        const loopAt = (line: number | undefined): CodeLocation | undefined =>
          line === undefined ? undefined : { path: place.path, line, column: 1 };
        for (const reached of this.#callsIn(place, distance)) add(reached, from);
        if (seen.size > maxMethods) {
          isOpen = true;
          continue;
        }
        const { methods, extensions, isOpen: leadsElsewhere } = this.#edges(place);
        isOpen ||= leadsElsewhere;
        for (const extension of extensions) {
          const inside = this.#callsInExtension(extension, distance + 1);
          isOpen ||= inside.length === 0;
          const to = `${from} ${extension.name}`;
          ways.push({ from, to, loop: loopAt(extension.loop) });
          for (const reached of inside) add(reached, to);
        }
        for (const callee of methods) {
          const key = keyOf(callee);
          ways.push({ from, to: key, loop: loopAt(callee.loop) });
          if (seen.has(key)) continue;
          seen.add(key);
          next.push(callee);
        }
      }
      level = next;
    }
    const loops = loopsOnWays(ways);
    return {
      calls: [...calls.values()].map(({ reached, within }) => inLoops(reached, loops.get(within))),
      isOpen: isOpen || level.length > 0,
    };
  }

  /** Of a generic class the calls have the model that the class at hand gives them. */
  #callsIn(place: MethodRef, distance: number): readonly ReachedCall[] {
    const { id } = this.#parts.methods.at(place.path, place.index);
    return this.#parts.callsIn(place.path).flatMap((call): ReachedCall[] => {
      if (call.methodId !== id) return [];
      if (call.library !== 'prisma') return [{ call, distance }];
      const isComputed = call.model === undefined && !isClientOperation(`$${call.operation}`);
      const model =
        isComputed && place.self ? modelThrough(this.#parts, call, place.self) : undefined;
      return model === undefined ? [{ call, distance }] : [{ call, distance, model }];
    });
  }

  /** What the extensions' methods of that name call, on the model they are called on. */
  #callsInExtension({ name, delegate }: ExtensionMethod, distance: number): readonly ReachedCall[] {
    const model = delegate === undefined ? undefined : this.#parts.models.get(delegate);
    return this.#extending(name).map((call) =>
      call.model === undefined && model !== undefined && !isClientOperation(`$${call.operation}`)
        ? { call, distance, model }
        : { call, distance },
    );
  }

  #findCallees(place: MethodRef): Callees {
    const facts = this.#parts.program.facts(place.path);
    const callees = facts ? (calleesOf(facts).get(place.index) ?? []) : [];
    return this.#parts.called.of(callees, place);
  }
}

/** The loop that it stands in itself is closer than those of its callers. */
function inLoops(reached: ReachedCall, around: readonly CodeLocation[] = []): ReachedCall {
  const { loop } = reached.call;
  const loops = loop ? [loop] : around;
  return loops.length === 0 ? reached : { ...reached, loops };
}

const isInExtension = (call: CallSite): call is PrismaCallSite =>
  call.library === 'prisma' && call.inExtension !== undefined;

const keyOf = (place: MethodRef): string =>
  place.self ? `${classKey(place)}@${classKey(place.self)}` : classKey(place);

/** Not a value that is called itself, nor one of its members that only the running program knows. */
const isMember = (name: string): boolean => name !== '' && name !== '[]';

/** What the facts of a file say that its methods call, by the method's index. */
export function calleesOf(facts: FileFacts): ReadonlyMap<number, readonly Callee[]> {
  const known = calleesOfFacts.get(facts);
  if (known) return known;
  const byMethod = new Map<number, Callee[]>();
  const add = (method: number | undefined, callee: Callee) => {
    if (method === undefined) return;
    const callees = byMethod.get(method);
    if (callees) callees.push(callee);
    else byMethod.set(method, [callee]);
  };
  for (const fact of facts.calls) add(fact.method, fact);
  for (const { method, on, name, loop } of facts.libraryCalls) {
    if (isMember(name))
      add(method, { callee: memberOf(on, name), ...(loop !== undefined && { loop }) });
  }
  calleesOfFacts.set(facts, byMethod);
  return byMethod;
}
