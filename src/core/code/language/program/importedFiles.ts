import type { FileFacts } from '../facts.ts';
import type { ModuleResolution } from './moduleResolution.ts';
import type { WorkspacePath } from '../../location.ts';

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

/** Files that mention a framework, and what they import, as far as that leads. */
export function relevantFiles(
  files: ReadonlyMap<WorkspacePath, FileFacts>,
  modules: ModuleResolution,
): ReadonlyMap<WorkspacePath, FileFacts> {
  const relevant = new Map([...files].filter(([, facts]) => facts.mentionsFramework));
  for (const [path, facts] of relevant) {
    for (const target of modules.importsOf(path, facts)) {
      const found = files.get(target);
      if (found) relevant.set(target, found);
    }
  }
  return relevant;
}
