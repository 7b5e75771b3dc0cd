import { lastName, type Expression } from '../../language/expression.ts';
import type { QueryFact } from '../../language/facts.ts';
import type { PrismaCall, WorkspacePath } from '../../model.ts';
import { hostTransaction, isClientOperation, isDistinctOperation } from './prismaOperations.ts';
import type { ClassSymbol } from '../../language/program/symbols.ts';
import { decoratedTransactions } from './libraryTransactions.ts';
import { qualifiedName, type MethodTable } from '../../language/types/methodTable.ts';
import type { Program } from '../../language/program/program.ts';
import type { Projects } from '../../projects/projects.ts';
import type { Subclasses } from '../../language/types/subclasses.ts';
import type { Types } from '../../language/types/types.ts';
import {
  decapitalise,
  isShape,
  type TypeContext,
  type ValueType,
} from '../../language/types/valueTypes.ts';

interface PrismaParts {
  readonly program: Program;
  readonly types: Types;
  readonly subclasses: Subclasses;
  readonly methods: MethodTable;
  readonly projects: Projects;
  /** Delegate name to model, of all schemas. */
  readonly models: ReadonlyMap<string, string>;
}

/** Models of all schemas by their delegate's name. */
export function modelsOf(program: Program): ReadonlyMap<string, string> {
  const models = new Map<string, string>();
  for (const facts of program.configs.values()) {
    if (facts.kind !== 'schema') continue;
    for (const { name } of facts.models) models.set(decapitalise(name), name);
  }
  return models;
}

/** A file's call sites of Prisma's client, in order. */
export function linkPrismaCalls(parts: PrismaParts, path: WorkspacePath): readonly PrismaCall[] {
  const queries = parts.program.facts(path)?.queries ?? [];
  const calls = queries.flatMap((query) => {
    const target = targetOf(parts, query, path);
    return target ? [describe(parts, query, path, target)] : [];
  });
  // Without a schema it is another database's library that is asked.
  return parts.models.size === 0 ? calls : [...calls, ...decoratedTransactions(parts, path)];
}

interface Target {
  /** Name of the delegate; undefined: of the client itself, or computed. */
  readonly model: string | undefined;
  /** Of a computed one: which, where the code tells. */
  readonly models?: readonly string[];
}

/** Undefined: not a Prisma call. */
function targetOf(parts: PrismaParts, query: QueryFact, path: string): Target | undefined {
  const context = contextOf(parts.program, query.method, path);
  const type = parts.types.of(query.on, context);
  if (query.operation === hostTransaction)
    return type.kind === 'host' && parts.models.size > 0 ? { model: undefined } : undefined;
  if (isClientOperation(query.operation)) {
    // Nothing but Prisma has these names.
    return parts.types.isClient(type) || isOpen(type) ? { model: undefined } : undefined;
  }
  if (type.kind === 'delegate') {
    return (type.model === undefined && throughSubclass(parts, query, context)) || type;
  }
  if (isShape(type)) return throughSubclass(parts, query, context);
  if (!isOpen(type)) return undefined;
  return throughSubclass(parts, query, context) ?? byName(parts, query);
}

/** The model that a call of several models has in a class that inherits it; undefined: not known. */
export function modelThrough(
  parts: Pick<PrismaParts, 'program' | 'types' | 'models'>,
  { location }: PrismaCall,
  self: ClassSymbol,
): string | undefined {
  const { path, line, column } = location;
  const query = parts.program
    .facts(path)
    ?.queries.find((fact) => fact.line === line && fact.column === column);
  if (!query) return undefined;
  const context = contextOf(parts.program, query.method, path);
  const type = parts.types.ofInherited(query.on, context, self);
  if (type.kind !== 'delegate' || type.model === undefined) return undefined;
  return parts.models.get(type.model) ?? capitalise(type.model);
}

/** Where the code of a method stands. */
export function contextOf(program: Program, method: number | undefined, path: string): TypeContext {
  const source = method === undefined ? undefined : program.methodAt(path, method);
  const self =
    source?.class === undefined
      ? undefined
      : ({ kind: 'class', path, index: source.class } as const);
  return { path, self, isStatic: source?.static };
}

/** A generic base class: `this.delegate` is what its subclasses make it. Several models: none is named. */
function throughSubclass(
  parts: PrismaParts,
  query: QueryFact,
  context: TypeContext,
): Target | undefined {
  if (!context.self) return undefined;
  const models = new Set<string>();
  let found = false;
  let isComplete = true;
  for (const self of parts.subclasses.of(context.self)) {
    const type = parts.types.ofInherited(query.on, context, self);
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
function byName(parts: PrismaParts, { on, operation }: QueryFact): Target | undefined {
  const member = typeof on === 'string' || on.kind === 'member' ? lastName(on) : undefined;
  if (member === undefined || !parts.models.has(member)) return undefined;
  const receiver =
    typeof on === 'string' ? on.slice(0, on.lastIndexOf('.')) : on.kind === 'member' ? on.of : on;
  if (receiver === 'this' || receiver === on) return undefined;
  return isNamedLikeClient(receiver) || isDistinctOperation(operation)
    ? { model: member }
    : undefined;
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
  parts: PrismaParts,
  query: QueryFact,
  path: string,
  { model: delegate, models }: Target,
): PrismaCall {
  const method = query.method === undefined ? undefined : parts.methods.at(path, query.method);
  const spelt = (name: string) => parts.models.get(name) ?? capitalise(name);
  const model = delegate === undefined ? undefined : spelt(delegate);
  const isThrough = query.operation === hostTransaction;
  return {
    id: `${path}:${query.line}:${query.column}`,
    model,
    operation: isThrough ? 'transaction' : query.operation.replace(/^\$/, ''),
    location: { path, line: query.line, column: query.column },
    enclosing: method ? qualifiedName(method) : '',
    methodId: method?.id,
    inLoop: query.inLoop ?? false,
    ...(models && { models: models.map(spelt) }),
    ...(query.inTransaction && { inTransaction: true }),
    ...(query.inExtension !== undefined && { inExtension: query.inExtension }),
    ...(query.awaited && { awaited: true }),
    ...(isThrough && { through: hostTransaction }),
    project: parts.projects.of(path),
  };
}

function capitalise(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
