import type { ConfigFacts } from '../configFacts.ts';
import type { Project, WorkspacePath } from '../model.ts';
import { folderOf, isInside, joinPath } from './paths.ts';
import { serviceNamesIn } from './serviceNames.ts';
import type { Constants } from './constants.ts';

/** The workspace's projects and which one a file belongs to. */
export class Projects {
  readonly all: readonly Project[];
  readonly #byFolder = new Map<string, Project>();
  readonly #ofFolder = new Map<string, string>();

  constructor(constants: Constants) {
    const { configs, files } = constants.program;
    const roots = new Map<WorkspacePath, string>();
    for (const [path, facts] of configs) {
      const folder = folderOf(path);
      if (facts.kind === 'package') roots.set(folder, facts.name || lastPart(folder));
    }
    for (const [path, facts] of configs) {
      if (facts.kind !== 'projects') continue;
      for (const { name, root } of facts.projects) {
        const folder = joinPath(folderOf(path), root);
        if (!roots.has(folder)) roots.set(folder, name || lastPart(folder));
      }
    }
    if (roots.size === 0) {
      const first = [...files.keys()].map(folderOf).sort((a, b) => a.length - b.length)[0];
      if (first !== undefined) roots.set(first, lastPart(first));
    }
    const names = serviceNamesIn(constants, (path) => rootOf(roots, path));
    this.all = [...roots].map(([root, name]) => ({
      id: root,
      root,
      name,
      serviceNames: names.get(root) ?? [],
    }));
    for (const project of this.all) this.#byFolder.set(project.root, project);
  }

  /** Id of the innermost project around a file; empty when it is in none. */
  of(path: WorkspacePath): string {
    const folder = folderOf(path);
    const known = this.#ofFolder.get(folder);
    if (known !== undefined) return known;
    let above = folder;
    while (above !== '' && !this.#byFolder.has(above)) above = folderOf(above);
    const id = this.#byFolder.get(above)?.id ?? '';
    this.#ofFolder.set(folder, id);
    return id;
  }

  /** Environment files that a project reads: its own, then those of the folders above. */
  environment(
    path: WorkspacePath,
    configs: ReadonlyMap<string, ConfigFacts>,
    name: string,
  ): string | undefined {
    const found: { value: string; rank: number }[] = [];
    for (const [file, facts] of configs) {
      if (facts.kind !== 'environment') continue;
      const folder = folderOf(file);
      const value = Object.hasOwn(facts.variables, name) ? facts.variables[name] : undefined;
      if (value === undefined || value === '' || !isInside(path, folder)) continue;
      const isOwn = file.endsWith('/.env') || file.endsWith('/.env.local');
      found.push({ value, rank: folder.length * 2 + (isOwn ? 1 : 0) });
    }
    return found.sort((a, b) => b.rank - a.rank)[0]?.value;
  }
}

function rootOf(roots: ReadonlyMap<string, string>, path: WorkspacePath): string {
  let above = folderOf(path);
  while (above !== '' && !roots.has(above)) above = folderOf(above);
  return above;
}

function lastPart(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}
