import { realpathSync, statSync } from 'node:fs';
import { message } from '../../core/base/message.ts';
import { isInside } from '../../core/code/language/program/paths.ts';
import { isSourceFile } from '../../core/code/relevance.ts';
import type { Reach } from './reach.ts';

/** What a name in a folder leads to. */
export type LinkedEntry =
  | { readonly kind: 'file' }
  /** `real`: its path without links. */
  | { readonly kind: 'folder'; readonly real: string }
  | { readonly kind: 'problem'; readonly problem: string };

/** Trees of the system: endless, and no code. */
const systemFolders = ['/proc', '/sys', '/dev'];

/** Which links of one workspace folder are followed: each tree out of it once, none that leads round. */
export class FollowedLinks {
  readonly #reach: Reach;
  /** Trees that are read through a link, without links. */
  readonly #trees: string[] = [];

  constructor(reach: Reach) {
    this.#reach = reach;
  }

  /** @returns undefined for what is no code, or is read anyway */
  follow(
    folder: { readonly path: string; readonly real: string },
    name: string,
  ): LinkedEntry | undefined {
    try {
      const target = realpathSync.native(`${folder.path}/${name}`).replaceAll('\\', '/');
      const found = statSync(target);
      if (found.isFile()) return this.#file(target, name);
      return found.isDirectory() ? this.#folder(target, folder.real) : undefined;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // A link to nothing matters where it would be code.
      if (code === 'ENOENT' && !isSourceFile(name)) return undefined;
      return problem(message("Can't follow this link ({0}).", code ?? String(error)));
    }
  }

  #file(target: string, name: string): LinkedEntry | undefined {
    if (this.#isReachable(target)) return { kind: 'file' };
    return isSourceFile(name) ? problem(outside()) : undefined;
  }

  #folder(target: string, from: string): LinkedEntry | undefined {
    const { realRoot } = this.#reach;
    if (isInside(from, target) || isInside(realRoot, target)) {
      return problem(message('Link not followed; it leads back to a parent folder.'));
    }
    if (isInside(target, realRoot)) return undefined;
    if (!this.#isReachable(target)) return problem(outside());
    if (systemFolders.some((system) => isInside(target, system))) return undefined;
    if (this.#trees.some((tree) => isInside(target, tree) || isInside(tree, target)))
      return undefined;
    this.#trees.push(target);
    return { kind: 'folder', real: target };
  }

  #isReachable(target: string): boolean {
    return this.#reach.isTrusted || isInside(target, this.#reach.realRoot);
  }
}

const problem = (text: string): LinkedEntry => ({ kind: 'problem', problem: text });

const outside = () => message('Link leads out of the workspace. Trust the workspace to follow it.');
