import type { CodeIndex, WorkspacePath } from './model.ts';
import { isClientOperation } from './prismaOperations.ts';

/** What `spanhop index --json` prints. Files are relative to `root`, with `/`. */
export interface IndexReport {
  readonly handlers: readonly {
    readonly kind: 'http';
    readonly method: string;
    readonly path: string;
    readonly controller: string;
    readonly handler: string;
    readonly declaredIn: string;
    readonly file: string;
    readonly line: number;
  }[];
  readonly prismaCalls: readonly {
    readonly file: string;
    readonly line: number;
    readonly model: string | null;
    /** As written: `findMany`, `$queryRaw`. */
    readonly operation: string;
    readonly enclosing: string;
  }[];
}

/** The index as plain JSON, sorted by file and line. */
export function indexReport(index: CodeIndex, root: WorkspacePath): IndexReport {
  const start = root.endsWith('/') ? root : `${root}/`;
  const relative = (path: WorkspacePath) =>
    path.startsWith(start) ? path.slice(start.length) : path;
  const byPlace = (a: { file: string; line: number }, b: { file: string; line: number }) =>
    a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
  return {
    handlers: index.handlers
      .map(({ kind, method, path, controller, handler, declaredIn, location }) => ({
        kind,
        method,
        path,
        controller,
        handler,
        declaredIn,
        file: relative(location.path),
        line: location.line,
      }))
      .sort(byPlace),
    prismaCalls: index.prismaCalls
      .map(({ location, model, operation, enclosing }) => ({
        file: relative(location.path),
        line: location.line,
        model: model ?? null,
        operation: isClientOperation(`$${operation}`) ? `$${operation}` : operation,
        enclosing,
      }))
      .sort(byPlace),
  };
}
