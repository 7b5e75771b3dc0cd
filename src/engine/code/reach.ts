import { realpathSync } from 'node:fs';
import { isInside } from '../../core/code/language/program/paths.ts';

/**
 * How far reading of a workspace folder may go. Without trust it ends at the folder: neither links nor what lies
 * above it lead further, since whoever made the folder chose them.
 */
export interface Reach {
  /** The folder without links, with `/`. */
  readonly realRoot: string;
  readonly isTrusted: boolean;
}

export function reachOf(root: string, isTrusted: boolean): Reach {
  return { realRoot: withoutLinks(root) ?? root, isTrusted };
}

/** Whether a path that links may hide may be read. */
export function reaches({ realRoot, isTrusted }: Reach, path: string): boolean {
  if (isTrusted) return true;
  const real = withoutLinks(path);
  return real !== undefined && isInside(real, realRoot);
}

/** Whether no link is on the way from the folder to a path in it. @param root as the path begins, links and all */
export function isDirect({ realRoot }: Reach, root: string, path: string): boolean {
  return withoutLinks(path) === realRoot + path.slice(root.length);
}

/** With `/`; undefined: there is no such file. */
function withoutLinks(path: string): string | undefined {
  try {
    return realpathSync.native(path).replaceAll('\\', '/');
  } catch {
    return undefined;
  }
}
