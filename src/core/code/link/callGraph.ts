import { asMember, type Expression } from '../expression.ts';
import type { FileFacts } from '../facts.ts';
import type { PrismaCall } from '../model.ts';
import { classKey, type Classes, type ClassSymbol } from './classes.ts';
import type { MethodTable } from './methodTable.ts';
import { contextOf } from './prismaCalls.ts';
import type { Program } from './program.ts';
import type { Subclasses } from './subclasses.ts';
import type { Types } from './types.ts';
import type { TypeContext, ValueType } from './valueTypes.ts';

interface CallGraphParts {
  readonly program: Program;
  readonly classes: Classes;
  readonly subclasses: Subclasses;
  readonly types: Types;
  readonly methods: MethodTable;
  readonly prismaCallsIn: (path: string) => readonly PrismaCall[];
}

interface MethodRef {
  readonly path: string;
  readonly index: number;
}

interface ReachedCall {
  readonly call: PrismaCall;
  readonly distance: number;
}

/** A request that runs through more methods than this has no near candidates left. */
const maxMethods = 3_000;
const maxDistance = 16;

/** Callees of each method's file, made once per file. */
const calleesOfFacts = new WeakMap<FileFacts, ReadonlyMap<number, readonly Expression[]>>();

/** Calls between methods, followed when asked for. */
export class CallGraph {
  readonly #parts: CallGraphParts;
  readonly #callees: (place: MethodRef) => readonly MethodRef[];
  readonly #reached: (methodId: string) => readonly ReachedCall[];

  constructor(parts: CallGraphParts) {
    this.#parts = parts;
    const { derivations } = parts.program;
    this.#callees = derivations.deriveEach((place) => this.#findCallees(place), classKey);
    this.#reached = derivations.deriveEach(
      (methodId) => this.#search(methodId),
      (methodId) => methodId,
    );
  }

  /** Prisma calls in the method and in what it calls, breadth first, each once; cycles end. */
  reachablePrismaCalls(methodId: string): readonly ReachedCall[] {
    return this.#reached(methodId);
  }

  #search(methodId: string): readonly ReachedCall[] {
    const start = this.#parts.methods.place(methodId);
    if (!start) return [];
    const reached: ReachedCall[] = [];
    const seen = new Set([methodId]);
    let level: readonly MethodRef[] = [start];
    for (let distance = 0; level.length > 0 && distance <= maxDistance; distance += 1) {
      const next: MethodRef[] = [];
      for (const place of level) {
        const { id } = this.#parts.methods.at(place.path, place.index);
        for (const call of this.#parts.prismaCallsIn(place.path)) {
          if (call.methodId === id) reached.push({ call, distance });
        }
        if (seen.size > maxMethods) continue;
        for (const callee of this.#callees(place)) {
          const calleeId = this.#parts.methods.at(callee.path, callee.index).id;
          if (seen.has(calleeId)) continue;
          seen.add(calleeId);
          next.push(callee);
        }
      }
      level = next;
    }
    return reached;
  }

  #findCallees(place: MethodRef): readonly MethodRef[] {
    const facts = this.#parts.program.facts(place.path);
    const callees = facts ? (calleesOf(facts).get(place.index) ?? []) : [];
    const context = contextOf(this.#parts.program, place.index, place.path);
    return callees.flatMap((callee) => this.#resolve(callee, context));
  }

  #resolve(callee: Expression, context: TypeContext): readonly MethodRef[] {
    const member = asMember(callee);
    if (!member) {
      const found = this.#parts.types.callee(callee, context);
      return found ? [found] : [];
    }
    if (member.of === 'super') return this.#resolveSuper(member.name, context);
    const direct = this.#resolveMember(this.#parts.types.of(member.of, context), member.name);
    if (direct.length > 0 || !context.self) return direct;
    const self = context.self;
    const inherited = this.#parts.subclasses
      .of(self)
      .flatMap((subclass) =>
        this.#resolveMember(
          this.#parts.types.ofInherited(member.of, context, subclass),
          member.name,
        ),
      );
    return unique(inherited);
  }

  #resolveSuper(name: string, { self }: TypeContext): readonly MethodRef[] {
    const base = self && this.#parts.classes.ancestry(self).classes[1];
    const found = base && this.#parts.classes.method(base.symbol, name);
    return found ? [found] : [];
  }

  #resolveMember(of: ValueType, name: string): readonly MethodRef[] {
    if (of.kind === 'interface') {
      return this.#implementations(
        this.#parts.subclasses.implementing(of.path, of.fact.name),
        name,
      );
    }
    if (of.kind === 'instance' || of.kind === 'static') {
      const found = this.#parts.types.method(of, name);
      if (found) return [found];
      const fact = this.#parts.program.classAt(of.symbol.path, of.symbol.index);
      return this.#implementations(
        [
          ...this.#parts.subclasses.of(of.symbol),
          ...this.#parts.subclasses.implementing(of.symbol.path, fact.name),
        ],
        name,
      );
    }
    const type = this.#parts.types.member(of, name);
    return type.kind === 'function' ? [type] : [];
  }

  #implementations(classes: readonly ClassSymbol[], name: string): readonly MethodRef[] {
    return unique(classes.flatMap((symbol) => this.#parts.classes.method(symbol, name) ?? []));
  }
}

function unique(methods: readonly MethodRef[]): readonly MethodRef[] {
  return [...new Map(methods.map((method) => [classKey(method), method])).values()];
}

function calleesOf(facts: FileFacts): ReadonlyMap<number, readonly Expression[]> {
  const known = calleesOfFacts.get(facts);
  if (known) return known;
  const byMethod = new Map<number, Expression[]>();
  const add = (method: number | undefined, callee: Expression) => {
    if (method === undefined) return;
    const callees = byMethod.get(method);
    if (callees) callees.push(callee);
    else byMethod.set(method, [callee]);
  };
  for (const { method, callee } of facts.calls) add(method, callee);
  for (const { method, on, operation } of facts.queries) {
    add(
      method,
      typeof on === 'string' ? `${on}.${operation}` : { kind: 'member', of: on, name: operation },
    );
  }
  calleesOfFacts.set(facts, byMethod);
  return byMethod;
}
