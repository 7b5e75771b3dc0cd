import { lastName, type Expression } from '../../language/expression.ts';
import type { LibraryCallFact } from '../../language/facts.ts';
import type { ClassSymbol } from '../../language/program/symbols.ts';
import type { Program } from '../../language/program/program.ts';
import { decapitalise, isShape, type ValueType } from '../../language/types/valueTypes.ts';
import type { PrismaCallSite } from '../../model.ts';
import type { CallParts, RecordedCall } from '../callLibrary.ts';
import { contextOf, placeOf } from '../recordedCall.ts';
import {
  hostTransaction,
  isClientOperation,
  isDistinctOperation,
  isPrismaOperation,
} from './prismaOperations.ts';

/** Models of all schemas by their delegate's name. */
export function modelsOf(program: Program): ReadonlyMap<string, string> {
  const models = new Map<string, string>();
  for (const facts of program.configs.values()) {
    if (facts.kind !== 'schema') continue;
    for (const { name } of facts.models) models.set(decapitalise(name), name);
  }
  return models;
}

/** The call site of a recorded call; undefined: it isn't Prisma's. */
export function linkPrismaCall(parts: CallParts, call: RecordedCall): PrismaCallSite | undefined {
  const { name } = call.fact;
  if (!isPrismaOperation(name) && name !== hostTransaction) return undefined;
  const target = targetOf(parts, call);
  return target && describe(parts, call, target);
}

interface Target {
  /** Name of the delegate; undefined: of the client itself, or computed. */
  readonly model: string | undefined;
  /** Of a computed one: which, where the code tells. */
  readonly models?: readonly string[];
}

/** Undefined: not a Prisma call. */
function targetOf(parts: CallParts, call: RecordedCall): Target | undefined {
  const { fact, type } = call;
  if (fact.name === hostTransaction)
    return type.kind === 'host' && parts.models.size > 0 ? { model: undefined } : undefined;
  if (isClientOperation(fact.name)) {
    // Nothing but Prisma has these names.
    return parts.types.isClient(type) || isOpen(type) ? { model: undefined } : undefined;
  }
  if (type.kind === 'delegate') {
    return (type.model === undefined && throughSubclass(parts, call)) || type;
  }
  if (isShape(type)) return throughSubclass(parts, call);
  if (!isOpen(type)) return undefined;
  return throughSubclass(parts, call) ?? byName(parts, fact);
}

/** The model that a call of several models has in a class that inherits it; undefined: not known. */
export function modelThrough(
  parts: Pick<CallParts, 'program' | 'types' | 'models'>,
  { location }: PrismaCallSite,
  self: ClassSymbol,
): string | undefined {
  const { path, line, column } = location;
  const fact = parts.program
    .facts(path)
    ?.libraryCalls.find((one) => one.line === line && one.column === column);
  if (!fact) return undefined;
  const context = contextOf(parts.program, fact.method, path);
  const type = parts.types.ofInherited(fact.on, context, self);
  if (type.kind !== 'delegate' || type.model === undefined) return undefined;
  return parts.models.get(type.model) ?? capitalise(type.model);
}

/** A generic base class: `this.delegate` is what its subclasses make it. Several models: none is named. */
function throughSubclass(parts: CallParts, { fact, context }: RecordedCall): Target | undefined {
  if (!context.self) return undefined;
  const models = new Set<string>();
  let found = false;
  let isComplete = true;
  for (const self of parts.subclasses.of(context.self)) {
    const type = parts.types.ofInherited(fact.on, context, self);
    if (type.kind !== 'delegate') continue;
    found = true;
    if (type.model === undefined) isComplete = false;
    else models.add(type.model);
  }
  if (!found) return undefined;
  const [only] = models;
  if (!isComplete) return { model: undefined };
  return models.size === 1 ? { model: only } : { model: undefined, models: [...models] };
}

/** Nothing is known of the receiver but its names: those of a model and of a client, or of an operation only Prisma has. */
function byName(parts: CallParts, { on, name }: LibraryCallFact): Target | undefined {
  const member = typeof on === 'string' || on.kind === 'member' ? lastName(on) : undefined;
  if (member === undefined || !parts.models.has(member)) return undefined;
  const receiver =
    typeof on === 'string' ? on.slice(0, on.lastIndexOf('.')) : on.kind === 'member' ? on.of : on;
  if (receiver === 'this' || receiver === on) return undefined;
  return isNamedLikeClient(receiver) || isDistinctOperation(name) ? { model: member } : undefined;
}

const clientLike = /prisma|^_*(tx|txn|trx|db|client|transaction|orm|database)$/i;

function isNamedLikeClient(expression: Expression): boolean {
  if (typeof expression === 'object') {
    if (expression.kind === 'either') return expression.options.some(isNamedLikeClient);
    if (expression.kind === 'call') return isNamedLikeClient(expression.callee);
  }
  return clientLike.test(lastName(expression) ?? '');
}

function isOpen(type: ValueType): boolean {
  return type.kind === 'unknown';
}

function describe(
  parts: CallParts,
  call: RecordedCall,
  { model: delegate, models }: Target,
): PrismaCallSite {
  const { name, within = [] } = call.fact;
  const spelt = (model: string) => parts.models.get(model) ?? capitalise(model);
  const isThrough = name === hostTransaction;
  const extension = within.findLast((around) => around.call === 'extension');
  return {
    ...placeOf(parts, call),
    library: 'prisma',
    model: delegate === undefined ? undefined : spelt(delegate),
    operation: isThrough ? 'transaction' : name.replace(/^\$/, ''),
    ...(models && { models: models.map(spelt) }),
    ...(within.some((around) => around.call === 'transaction') && { inTransaction: true }),
    ...(extension && { inExtension: extension.function }),
    ...(isThrough && { through: hostTransaction }),
  };
}

function capitalise(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
