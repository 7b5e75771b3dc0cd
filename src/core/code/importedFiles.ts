import type { FileFacts } from './facts.ts';
import type { ModuleResolution } from './link/moduleResolution.ts';
import type { WorkspacePath } from './model.ts';

/** Files that `importers` import and that have no facts: they must be read too. */
export function importedFiles(
  files: ReadonlyMap<WorkspacePath, FileFacts>,
  modules: ModuleResolution,
  importers: Iterable<WorkspacePath>,
): ReadonlySet<WorkspacePath> {
  const missing = new Set<WorkspacePath>();
  for (const path of importers) {
    const facts = files.get(path);
    if (!facts) continue;
    for (const target of modules.importsOf(path, facts)) {
      if (!files.has(target)) missing.add(target);
    }
  }
  return missing;
}
