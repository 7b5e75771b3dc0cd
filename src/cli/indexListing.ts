import { relative } from 'node:path';

import type { IndexedCode } from '../engine/methods.ts';
import { cell, fitted, widthOf } from './textColumns.ts';

/** What `spanhop index --json` prints. Files are relative to the directory, with `/`. */
export interface IndexListing {
  readonly handlers: readonly {
    readonly kind: 'http';
    readonly method: string;
    /** As Nest registers it, prefix and version included. */
    readonly path: string;
    readonly controller: string;
    readonly handler: string;
    readonly file: string;
    /** Of the method's name. */
    readonly line: number;
  }[];
  readonly prismaCalls: readonly {
    readonly file: string;
    /** Of the operation's name. */
    readonly line: number;
    /** Null for raw queries and transactions. */
    readonly model: string | null;
    readonly operation: string;
    readonly enclosing: string;
  }[];
}

/** Sorted by file and line. */
export function indexListing({ handlers, prismaCalls }: IndexedCode, dir: string): IndexListing {
  const fileOf = (path: string) => relative(dir, path).replaceAll('\\', '/');
  return {
    handlers: handlers
      .map(({ kind, method, path, controller, handler, location }) => {
        const { line } = location;
        return { kind, method, path, controller, handler, file: fileOf(location.path), line };
      })
      .sort(byPlace),
    prismaCalls: prismaCalls
      .map(({ location, model, operation, enclosing }) => {
        const { line } = location;
        return { file: fileOf(location.path), line, model: model ?? null, operation, enclosing };
      })
      .sort(byPlace),
  };
}

type Placed = { readonly file: string; readonly line: number };

function byPlace(a: Placed, b: Placed): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line;
}

/** The listing for people: a line each, `file:line` last. */
export function indexText({ handlers, prismaCalls }: IndexListing): readonly string[] {
  const routes = handlers.map(({ method, path }) => cell(`${method} ${path}`));
  const names = handlers.map(({ controller, handler }) => cell(`${controller}.${handler}`));
  const calls = prismaCalls.map(({ model, operation }) =>
    cell(model === null ? `$${operation}` : `${model}.${operation}`),
  );
  const within = prismaCalls.map(({ enclosing }) => cell(enclosing));
  return [
    `${handlers.length} handlers`,
    ...listed(routes, names, handlers),
    '',
    `${prismaCalls.length} Prisma calls`,
    ...listed(calls, within, prismaCalls),
  ];
}

function listed(
  first: readonly string[],
  second: readonly string[],
  places: readonly Placed[],
): readonly string[] {
  const widths = [widthOf(first, 70), widthOf(second, 50)] as const;
  return places.map(({ file, line }, row) =>
    [
      ' ',
      fitted(first[row] ?? '', widths[0]),
      fitted(second[row] ?? '', widths[1]),
      `${cell(file)}:${line}`,
    ].join(' '),
  );
}
