import { relative } from 'node:path';

/** A path as the command line prints it: below the folder, with slashes; empty for the folder itself. */
export const shownPath = (dir: string, path: string): string =>
  relative(dir, path).replaceAll('\\', '/');
