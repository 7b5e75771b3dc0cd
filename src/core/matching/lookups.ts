import { onceEach } from '../base/onceEach.ts';
import type {
  CallSite,
  CodeIndex,
  GraphqlHandler,
  Handler,
  HttpHandler,
  MessageHandler,
  MethodFact,
  OtherCallSite,
  PrismaCallSite,
} from '../code/model.ts';
import type { CodeLocation, WorkspacePath } from '../code/location.ts';

/** Ways into a `CodeIndex` by what spans know. */
export interface Lookups {
  readonly handlers: ReadonlyMap<string, Handler>;
  /** HTTP handlers by `handlerKey`. */
  readonly handlersByName: ReadonlyMap<string, readonly HttpHandler[]>;
  /** GraphQL handlers by `fieldKey`. */
  readonly resolvers: ReadonlyMap<string, readonly GraphqlHandler[]>;
  readonly messageHandlers: readonly MessageHandler[];
  readonly prismaCalls: ReadonlyMap<string, PrismaCallSite>;
  readonly calls: ReadonlyMap<string, CallSite>;
  /** Of other libraries than Prisma, by `lineKey`. */
  readonly libraryCallsByLine: ReadonlyMap<string, readonly OtherCallSite[]>;
  /** Calls of other libraries than Prisma. */
  readonly libraryCalls: ReadonlyMap<OtherCallSite['library'], readonly OtherCallSite[]>;
  /** By `callKey`. */
  readonly prismaCallsByKey: ReadonlyMap<string, readonly PrismaCallSite[]>;
  /** By file name without folders. */
  readonly filesByName: ReadonlyMap<string, readonly WorkspacePath[]>;
}

/** Made once an index, which never changes. */
export const lookupsOf: (index: CodeIndex) => Lookups = onceEach(makeLookups);

function makeLookups(index: CodeIndex): Lookups {
  const prismaCalls = index.calls.filter(isPrisma);
  const others = index.calls.filter(isOther);
  return {
    handlers: new Map(index.handlers.map((handler) => [handler.id, handler])),
    handlersByName: group(index.handlers.filter(isHttp), ({ controller, handler }) =>
      handlerKey(controller, handler),
    ),
    resolvers: group(index.handlers.filter(isGraphql), ({ parent, name }) =>
      fieldKey(parent, name),
    ),
    messageHandlers: index.handlers.filter(isMessage),
    prismaCalls: new Map(prismaCalls.map((call) => [call.id, call])),
    calls: new Map(index.calls.map((call) => [call.id, call])),
    libraryCalls: group(others, ({ library }) => library),
    libraryCallsByLine: group(others, ({ location }) => lineKey(location)),
    prismaCallsByKey: group(prismaCalls, ({ model, operation }) => callKey(model, operation)),
    filesByName: group([...index.files, ...index.otherFiles], fileName),
  };
}

const isPrisma = (call: CallSite): call is PrismaCallSite => call.library === 'prisma';
const isOther = (call: CallSite): call is OtherCallSite => call.library !== 'prisma';
const isHttp = (handler: Handler): handler is HttpHandler => handler.kind === 'http';
const isGraphql = (handler: Handler): handler is GraphqlHandler => handler.kind === 'graphql';
const isMessage = (handler: Handler): handler is MessageHandler =>
  handler.kind !== 'http' && handler.kind !== 'graphql';

export const lineKey = ({ path, line }: Pick<CodeLocation, 'path' | 'line'>) => `${path}:${line}`;

/** A field of a GraphQL type: `Query.orders`. */
export const fieldKey = (parent: string, name: string) => `${parent}.${name}`;

export const handlerKey = (controller: string, method: string) => `${controller}.${method}`;

/** The same for a model as the schema, the client and a span spell it. */
export const callKey = (model: string | undefined, operation: string) =>
  `${model?.toLowerCase() ?? ''}.${spanOperation(operation)}`;

/** Calls of a key, those whose model only the running program knows included. */
export function callsFitting(
  byKey: ReadonlyMap<string, readonly PrismaCallSite[]>,
  key: string,
): readonly PrismaCallSite[] {
  const own = byKey.get(key) ?? [];
  const model = key.slice(0, key.indexOf('.'));
  if (model === '') return own;
  const computed = (byKey.get(key.slice(model.length)) ?? []).filter(
    ({ models }) => models === undefined || models.some((name) => name.toLowerCase() === model),
  );
  return computed.length === 0 ? own : [...own, ...computed];
}

/** The operation a span shows for a client method: raw calls have several spellings. */
function spanOperation(method: string): string {
  const bare = method.startsWith('$') ? method.slice(1) : method;
  if (bare.startsWith('queryRaw')) return 'queryRaw';
  return bare.startsWith('executeRaw') ? 'executeRaw' : bare;
}

export const fileName = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** Calls of a library by project. */
export function libraryCallsOf(
  index: CodeIndex,
  library: OtherCallSite['library'],
): ReadonlyMap<string, readonly OtherCallSite[]> {
  return byProject(lookupsOf(index).libraryCalls.get(library) ?? noCalls);
}

const noCalls: readonly OtherCallSite[] = [];
const byProject = onceEach((calls: readonly OtherCallSite[]) =>
  group(calls, ({ project }) => project),
);

/** The innermost method around the line. */
export function enclosingMethod(
  index: CodeIndex,
  path: WorkspacePath,
  line: number,
): MethodFact | undefined {
  let innermost: MethodFact | undefined;
  for (const method of index.methodsOf(path)) {
    if (line < method.firstLine || line > method.lastLine) continue;
    if (innermost === undefined || method.firstLine >= innermost.firstLine) innermost = method;
  }
  return innermost;
}

export const methodSymbol = ({ className, name }: MethodFact) =>
  className === '' ? name : `${className}.${name}`;

function group<T, Key>(items: Iterable<T>, keyOf: (item: T) => Key): Map<Key, T[]> {
  const groups = new Map<Key, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [item]);
    else members.push(item);
  }
  return groups;
}
