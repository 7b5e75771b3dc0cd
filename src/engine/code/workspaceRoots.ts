import type { WorkspaceSettings } from '../methods.ts';
import { IgnoreRules } from './ignoreRules.ts';
import { reaches, reachOf, type Reach } from './reach.ts';

/** A workspace folder, with what of it is read. */
export interface WorkspaceRoot {
  readonly path: string;
  readonly rules: IgnoreRules;
  readonly reach: Reach;
}

/** The folders of a workspace. Made anew for each scan, since their rules may have changed. */
export class WorkspaceRoots {
  readonly all: readonly WorkspaceRoot[];

  constructor(
    folders: readonly string[],
    { exclude, isTrusted }: Pick<WorkspaceSettings, 'exclude' | 'isTrusted'>,
  ) {
    this.all = folders.map((path) => {
      const reach = reachOf(path, isTrusted);
      return { path, reach, rules: new IgnoreRules(path, exclude, reach) };
    });
  }

  /** The folder that a path is in. */
  of(path: string): WorkspaceRoot | undefined {
    return this.all.find((root) => path.startsWith(`${root.path}/`));
  }

  /** True for what rules name, what is behind a link that isn't followed, and what is in no folder. */
  ignores(path: string, isFolder = false): boolean {
    const root = this.of(path);
    if (!root || !reaches(root.reach, path)) return true;
    const parts = path.slice(root.path.length + 1).split('/');
    let folder = root.path;
    for (const [index, part] of parts.entries()) {
      if (root.rules.ignores(folder, part, index < parts.length - 1 || isFolder)) return true;
      folder = `${folder}/${part}`;
    }
    return false;
  }
}
