import { lastName, type Expression } from '../expression.ts';
import type { QueryFact } from '../facts.ts';
import type { PrismaCall, WorkspacePath } from '../model.ts';
import { isClientOperation, isDistinctOperation } from '../prismaOperations.ts';
import { qualifiedName, type MethodTable } from './methodTable.ts';
import type { Program } from './program.ts';
import type { Projects } from './projects.ts';
import type { Subclasses } from './subclasses.ts';
import type { Types } from './types.ts';
import { decapitalise, type TypeContext, type ValueType } from './valueTypes.ts';

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
    for (const model of facts.models) models.set(decapitalise(model), model);
  }
  return models;
}

/** A file's call sites of Prisma's client, in order. */
export function linkPrismaCalls(parts: PrismaParts, path: WorkspacePath): readonly PrismaCall[] {
  const queries = parts.program.facts(path)?.queries ?? [];
  return queries.flatMap((query) => {
    const target = targetOf(parts, query, path);
    return target ? [describe(parts, query, path, target.model)] : [];
  });
}

/** `model` undefined: of the client itself, or computed. Undefined: not a Prisma call. */
function targetOf(
  parts: PrismaParts,
  query: QueryFact,
  path: string,
): { readonly model: string | undefined } | undefined {
  const context = contextOf(parts.program, query.method, path);
  const type = parts.types.of(query.on, context);
  if (isClientOperation(query.operation)) {
    // Nothing but Prisma has these names.
    return parts.types.isClient(type) || isOpen(type) ? { model: undefined } : undefined;
  }
  if (type.kind === 'delegate') {
    return (type.model === undefined && throughSubclass(parts, query, context)) || type;
  }
  if (!isOpen(type)) return undefined;
  return throughSubclass(parts, query, context) ?? byName(parts, query);
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
): { readonly model: string | undefined } | undefined {
  if (!context.self) return undefined;
  const models = new Set<string | undefined>();
  for (const self of parts.subclasses.of(context.self)) {
    const type = parts.types.ofInherited(query.on, context, self);
    if (type.kind === 'delegate') models.add(type.model);
  }
  if (models.size === 0) return undefined;
  const [only] = models;
  return { model: models.size === 1 ? only : undefined };
}

/** Nothing is known of the receiver but its names: those of a model and of a client, or of an operation only Prisma has. */
function byName(
  parts: PrismaParts,
  { on, operation }: QueryFact,
): { readonly model: string | undefined } | undefined {
  const member = typeof on === 'string' || on.kind === 'member' ? lastName(on) : undefined;
  if (member === undefined || !parts.models.has(member)) return undefined;
  const receiver =
    typeof on === 'string' ? on.slice(0, on.lastIndexOf('.')) : on.kind === 'member' ? on.of : on;
  if (receiver === 'this' || receiver === on) return undefined;
  return isNamedLikeClient(receiver) || isDistinctOperation(operation)
    ? { model: member }
    : undefined;
}

const clientLike = /prisma|^(tx|trx|db|client|transaction|orm|database)$/i;

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
  delegate: string | undefined,
): PrismaCall {
  const method = query.method === undefined ? undefined : parts.methods.at(path, query.method);
  const model =
    delegate === undefined ? undefined : (parts.models.get(delegate) ?? capitalise(delegate));
  return {
    id: `${path}:${query.line}:${query.column}`,
    model,
    operation: query.operation.replace(/^\$/, ''),
    location: { path, line: query.line, column: query.column },
    enclosing: method ? qualifiedName(method) : '',
    methodId: method?.id,
    inLoop: query.inLoop ?? false,
    project: parts.projects.of(path),
  };
}

function capitalise(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
