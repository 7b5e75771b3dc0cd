import { isBuiltin } from 'node:module';
import { relative, resolve } from 'node:path';

import type { Plugin } from 'esbuild';
import ignore, { type Ignore } from 'ignore';

import { walls } from './walls.ts';

const root = resolve(import.meta.dirname, '..');
const inRoot = (path: string) => relative(root, path).replaceAll('\\', '/');

interface GuardedFolder {
  readonly folder: string;
  readonly forbids: Ignore;
  readonly forbidsNode: boolean;
  readonly message: string;
}

const guarded: readonly GuardedFolder[] = walls.map(({ folder, mayNot, message }) => ({
  folder: `${folder}/`,
  forbids: ignore().add(mayNot),
  forbidsNode: mayNot.includes('node:*'),
  message,
}));

/**
 * Fails a bundle at an import through a wall (walls.ts), whatever its syntax: esbuild resolves
 * `import`, `export from`, `import()` and `require` alike. Types are gone by then: tsc guards those.
 */
export const wallsPlugin: Plugin = {
  name: 'walls',
  setup(build) {
    build.onResolve({ filter: /./ }, ({ path, importer, resolveDir, kind }) => {
      if (kind === 'entry-point') return undefined;
      const from = inRoot(resolve(root, importer));
      const forbids = (wall: GuardedFolder) =>
        path.startsWith('.')
          ? isForbiddenFile(wall, inRoot(resolve(resolveDir, path)))
          : wall.forbids.ignores(path) || (wall.forbidsNode && isBuiltin(path));
      const wall = guarded.find((one) => from.startsWith(one.folder) && forbids(one));
      return wall && { errors: [{ text: `"${path}": ${wall.message}` }] };
    });
  },
};

/** A path out of the checkout has no wall: its resolution fails by itself. */
function isForbiddenFile(wall: GuardedFolder, path: string): boolean {
  return !path.startsWith('..') && wall.forbids.ignores(path);
}
