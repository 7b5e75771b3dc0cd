import type {
  GraphqlHandler,
  Handler,
  HttpHandler,
  MessageHandler,
  PrismaCall,
  WorkspacePath,
} from './model.ts';
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

interface ReportedCall extends ReportedPlace {
  /** Null for raw queries and transactions. */
  readonly model: string | null;
  /** As written: `findMany`, `$queryRaw`. */
  readonly operation: string;
  readonly enclosing: string;
}

/** What `spanhop index --json` prints, sorted by file and line. */
export interface IndexReport {
  readonly handlers: readonly ReportedHandler[];
  readonly prismaCalls: readonly ReportedCall[];
}

/** What is reported of an index. */
interface ReportedIndex {
  readonly handlers: readonly Handler[];
  readonly prismaCalls: readonly PrismaCall[];
}

/**
 * The index as plain JSON. Left out are handlers of CQRS's buses, which nothing outside the process calls, and what
 * makes a library call Prisma.
 *
 * @param root files inside are relative to it.
 */
export function indexReport(
  { handlers, prismaCalls }: ReportedIndex,
  root: WorkspacePath,
): IndexReport {
  const start = root.endsWith('/') ? root : `${root}/`;
  const fileOf = (path: WorkspacePath) =>
    path.startsWith(start) ? path.slice(start.length) : path;
  return {
    handlers: withoutRepeats(handlers.flatMap((handler) => reported(handler, fileOf))).sort(
      byPlace,
    ),
    prismaCalls: prismaCalls
      .filter(({ through, location }) => through === undefined && location.path.startsWith(start))
      .map(({ location, model, operation, enclosing }) => ({
        file: fileOf(location.path),
        line: location.line,
        model: model ?? null,
        operation: isClientOperation(`$${operation}`) ? `$${operation}` : operation,
        enclosing,
      }))
      .sort(byPlace),
  };
}

function reported(
  from: Handler,
  fileOf: (path: WorkspacePath) => string,
): readonly ReportedHandler[] {
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
