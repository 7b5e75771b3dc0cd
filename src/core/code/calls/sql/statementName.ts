/** What an SQL statement does to what, as far as its text tells. */
export interface StatementName {
  /** Upper case: `SELECT`; empty: not known. */
  readonly verb: string;
  /** The first table, without quotes: `public.orders`; empty: it has none, or it isn't known. */
  readonly table: string;
}

/** A statement without its comments; texts in quotes may look like them. */
export const withoutComments = (statement: string): string =>
  statement.replaceAll(quotedOrComment, (found) => (/^['"`]/.test(found) ? found : ' '));

const quotedOrComment = /'(?:[^'\\]|\\.|'')*'|"[^"]*"|`[^`]*`|\/\*[^]*?\*\/|--[^\n]*/g;
const tables =
  /\b(?:from|join|into|update|table|truncate)\s+(?:only\s+|if\s+(?:not\s+)?exists\s+)?([\w."`[\]$*-]+)/gi;

/** Reads a statement's beginning: `select "id" from "orders"` is a `SELECT` of `orders`; a table may have `*` for what isn't known. */
export function statementName(statement: string): StatementName {
  const text = withoutComments(statement.slice(0, longestText)).trim();
  const [, first = ''] = /^\W*([a-z]+)/i.exec(text) ?? [];
  const verb = first.toUpperCase();
  const named = [...text.matchAll(tables)].map(([, name = '']) => name.replaceAll(/["`[\]]/g, ''));
  const table = named.find((name) => /\w/.test(name) && !/^(?:select|set)$/i.test(name)) ?? '';
  return { verb, table: table.replace(/\*+$/, '') };
}

/** Where a statement's verb and first table stand. */
const longestText = 2_000;
