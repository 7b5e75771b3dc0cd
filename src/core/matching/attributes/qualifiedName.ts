import type { CodeIndex } from '../../code/model.ts';
import type { Project } from '../../code/projects/project.ts';
import type { WorkspacePath } from '../../code/location.ts';
import type { FunctionName } from './namedCode.ts';

/**
 * Whether what is around a function's class names the file: its folders, the parts of its name, its package
 * (`loans.LoansService.card` for `src/loans/loans.service.ts`). `com.acme.LoansService.card` is of somebody else.
 */
export function isFoundIn(
  { around }: FunctionName,
  path: WorkspacePath,
  index: CodeIndex,
): boolean {
  const outer = around.slice(0, -1);
  if (outer.length === 0) return true;
  const project = projectOf(path, index);
  const words = new Set(namesOf(path, project));
  return outer.every((part) => words.has(part) || exported.has(part));
}

/** What CommonJS and bundlers put before an exported class. */
const exported = new Set(['exports', 'module', 'default']);

function namesOf(path: WorkspacePath, project: Project | undefined): readonly string[] {
  const root = project?.root ?? '';
  const inside = path.slice(root.slice(0, root.lastIndexOf('/') + 1).length);
  return [...inside.split(/[/.]/), ...(project?.name.split(/[@/]/) ?? [])].filter(Boolean);
}

/** The innermost project around a file. */
export function projectOf(path: WorkspacePath, { projects }: CodeIndex): Project | undefined {
  let innermost: Project | undefined;
  for (const project of projects) {
    if (!path.startsWith(`${project.root}/`)) continue;
    if (project.root.length > (innermost?.root.length ?? -1)) innermost = project;
  }
  return innermost;
}
