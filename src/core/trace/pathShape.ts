import { boundedName } from './boundedName.ts';

/** What stands for an id in a path's shape; every router takes it for a parameter. */
const anyId = '*';
const longestWord = 32;
const deepest = 8;

/**
 * A request's path as figures keep it, so that requests of one kind share a row: ids and what lies deeper than 8 parts
 * are `*`, the query is left out. `/orders/4711?all=1` is `/orders/*`; empty stays empty.
 */
export function pathShape(path: string): string {
  if (path === '') return '';
  const parts = (path.split(/[?#;]/, 1)[0] ?? '').split('/').filter(Boolean);
  const kept = parts.slice(0, deepest).map(partShape);
  return boundedName(`/${[...kept, ...(parts.length > deepest ? [anyId] : [])].join('/')}`);
}

/** A part of a path; `*` where it is an id. */
export const partShape = (part: string): string => (isId(part) ? anyId : part);

/** A number, a UUID or another key: what people don't write into code as a route. */
const isId = (part: string): boolean =>
  part.length > longestWord || /^\d+$/.test(part) || (part.match(/\d/g)?.length ?? 0) >= 4;
