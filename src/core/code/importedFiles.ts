import type { ConfigFacts } from './configFacts.ts';
import type { FileFacts } from './facts.ts';
import { ModuleResolution } from './link/moduleResolution.ts';
import type { WorkspacePath } from './model.ts';

/** Those of `sources` that the files with facts import and that have no facts themselves. */
export function importedFiles(
  files: ReadonlyMap<WorkspacePath, FileFacts>,
  sources: { has(path: WorkspacePath): boolean },
  configs: ReadonlyMap<WorkspacePath, ConfigFacts>,
  importers: Iterable<WorkspacePath> = files.keys(),
): ReadonlySet<WorkspacePath> {
  const modules = new ModuleResolution((path) => sources.has(path), configs);
  const missing = new Set<WorkspacePath>();
  for (const path of importers) {
    const facts = files.get(path);
    if (!facts) continue;
    for (const { from } of [...facts.imports, ...facts.exports]) {
      const target = from === undefined ? undefined : modules.resolve(path, from);
      if (target !== undefined && !files.has(target)) missing.add(target);
    }
  }
  return missing;
}
