import { statSync } from 'node:fs';
import { resolve } from 'node:path';

import { UsageError } from '../core/base/usageError.ts';

/** The absolute path of a file named on a command line. @throws UsageError there is none; `what`: its sort, in words. */
export function namedFile(path: string, cwd: string, what: string): string {
  const absolute = resolve(cwd, path);
  if (statSync(absolute, { throwIfNoEntry: false }) === undefined)
    throw new UsageError(`${what} not found: ${absolute}. Check the path.`);
  return absolute;
}
