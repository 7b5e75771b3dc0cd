import type { ConfigFacts } from '../configFacts.ts';
import type { Project } from './project.ts';
import type { WorkspacePath } from '../location.ts';
import { folderOf, isInside, joinPath } from '../language/program/paths.ts';
import { serviceNamesIn } from './serviceNames.ts';
import type { ConstantEvaluator } from '../language/values/constantEvaluator.ts';
import type { Program } from '../language/program/program.ts';

/** The workspace's projects and which one a file belongs to. */
export class Projects {
  readonly #all: () => readonly Project[];
  readonly #ofFolder: (folder: WorkspacePath) => string;

  constructor(constants: ConstantEvaluator) {
    const { program } = constants;
    const roots = program.queryDatabase.derive(() => findRoots(program));
    const rootAbove = (path: WorkspacePath) => rootOf(roots(), path);
    this.#ofFolder = program.queryDatabase.deriveEach(
      (folder) => rootAbove(`${folder}/`),
      (folder) => folder,
    );
    this.#all = program.queryDatabase.derive(() => {
      const names = serviceNamesIn(constants, rootAbove);
      return [...roots()].map(([root, name]) => ({
        id: root,
        root,
        name,
        serviceNames: names.get(root) ?? [],
      }));
    });
  }

  get all(): readonly Project[] {
    return this.#all();
  }

  /** Id of the innermost project around a file; empty when it is in none. */
  of(path: WorkspacePath): string {
    return this.#ofFolder(folderOf(path));
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

/** Folders of projects with their names. */
function findRoots(program: Program): ReadonlyMap<WorkspacePath, string> {
  const { configs } = program;
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
    const first = [...program.files.keys()].map(folderOf).sort((a, b) => a.length - b.length)[0];
    if (first !== undefined) roots.set(first, lastPart(first));
  }
  return roots;
}

function rootOf(roots: ReadonlyMap<string, string>, path: WorkspacePath): string {
  let above = folderOf(path);
  while (above !== '' && !roots.has(above)) above = folderOf(above);
  return above;
}

function lastPart(folder: string): string {
  return folder.slice(folder.lastIndexOf('/') + 1);
}
