import type {
  CallSite,
  GraphqlHandler,
  Handler,
  HttpHandler,
  MessageHandler,
  OtherCallSite,
  PrismaCallSite,
} from './model.ts';
import type { WorkspacePath } from './location.ts';
import { isClientOperation } from './calls/prisma/prismaOperations.ts';

/** A place in the listing: the file relative to the root, with `/`, and the line of the name. */
interface ReportedPlace {
  readonly file: string;
  readonly line: number;
}

interface ReportedMethod extends ReportedPlace {
  /** Concrete class; the file and line are those of the class that declares the method. */
  readonly controller: string;
  readonly handler: string;
}

type ReportedHandler =
  | (Pick<HttpHandler, 'kind' | 'method' | 'path'> & {
      /** Only the end of the path is known. */
      readonly pathComplete?: false;
    } & ReportedMethod)
  | (Pick<GraphqlHandler, 'kind' | 'operation' | 'name' | 'parent'> & ReportedMethod)
  | ({
      readonly kind: Exclude<MessageHandler['kind'], 'cqrs'>;
      readonly pattern: string;
    } & ReportedMethod);

interface ReportedPrismaCall extends ReportedPlace {
  /** Null for raw queries and transactions. */
  readonly model: string | null;
  /** As written: `findMany`, `$queryRaw`. */
  readonly operation: string;
  readonly enclosing: string;
}

interface ReportedCall extends ReportedPlace {
  readonly library: OtherCallSite['library'];
  /** What it goes through, as its users call it: `Kafka`. */
  readonly system?: string;
  /** HTTP method, else the client's method; null where only the running program knows it. */
  readonly operation: string | null;
  /** Of the AWS SDK 3, which only sends commands: `SendMessageBatch`. */
  readonly command?: string;
  /** URL, topic, queue or name of a span, `*` for what isn't known of it; null: nothing is. */
  readonly target: string | null;
  /** A queue's job, an exchange's routing key. */
  readonly detail?: string;
  /** `OrdersService.remove`; `<module>` at top level. */
  readonly enclosing: string;
}

/** What `spanhop index --json` prints, sorted by file and line. */
export interface IndexReport {
  readonly handlers: readonly ReportedHandler[];
  readonly prismaCalls: readonly ReportedPrismaCall[];
  /** Of the other libraries. */
  readonly calls: readonly ReportedCall[];
}

/** What is reported of an index. */
interface ReportedIndex {
  readonly handlers: readonly Handler[];
  readonly calls: readonly CallSite[];
}

/**
 * The index as plain JSON. Left out are handlers of CQRS's buses, which nothing outside the process calls, and what
 * makes a library call Prisma.
 *
 * @param root files inside are relative to it.
 */
export function indexReport({ handlers, calls }: ReportedIndex, root: WorkspacePath): IndexReport {
  const start = root.endsWith('/') ? root : `${root}/`;
  const fileOf = (path: WorkspacePath) =>
    path.startsWith(start) ? path.slice(start.length) : path;
  const inside = calls.filter(({ location }) => location.path.startsWith(start));
  return {
    handlers: withoutRepeats(handlers.flatMap((handler) => reported(handler, fileOf))).sort(
      byPlace,
    ),
    prismaCalls: inside
      .flatMap((call) => (call.library === 'prisma' ? reportedPrisma(call, fileOf) : []))
      .sort(byPlace),
    calls: inside
      .flatMap((call) => (call.library === 'prisma' ? [] : [reportedCall(call, fileOf)]))
      .sort(byPlace),
  };
}

type FileOf = (path: WorkspacePath) => string;

function reportedPrisma(
  { through, location, model, operation, enclosing }: PrismaCallSite,
  fileOf: FileOf,
): readonly ReportedPrismaCall[] {
  if (through !== undefined) return [];
  return [
    {
      file: fileOf(location.path),
      line: location.line,
      model: model ?? null,
      operation: isClientOperation(`$${operation}`) ? `$${operation}` : operation,
      enclosing,
    },
  ];
}

const reportedCall = (
  { library, system, operation, command, target, detail, location, enclosing }: OtherCallSite,
  fileOf: FileOf,
): ReportedCall => ({
  library,
  ...(system !== undefined && { system }),
  operation: operation ?? null,
  ...(command !== undefined && { command }),
  target: target ?? null,
  ...(detail !== undefined && { detail }),
  file: fileOf(location.path),
  line: location.line,
  enclosing: enclosing === '' ? '<module>' : enclosing,
});

function reported(from: Handler, fileOf: FileOf): readonly ReportedHandler[] {
  const { controller, handler, location } = from;
  const place = { controller, handler, file: fileOf(location.path), line: location.line };
  switch (from.kind) {
    case 'http': {
      const { kind, method, path, pathComplete } = from;
      return [{ kind, method, path, ...(!pathComplete && { pathComplete }), ...place }];
    }
    case 'graphql': {
      const { kind, operation, name, parent } = from;
      return [{ kind, operation, name, parent, ...place }];
    }
    case 'cqrs':
      return [];
    default:
      return [{ kind: from.kind, pattern: from.pattern, ...place }];
  }
}

/** Two applications that have a handler under the same name: one line says all. */
function withoutRepeats(handlers: readonly ReportedHandler[]): ReportedHandler[] {
  return [...new Map(handlers.map((handler) => [JSON.stringify(handler), handler])).values()];
}

function byPlace(a: ReportedPlace, b: ReportedPlace): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
}
