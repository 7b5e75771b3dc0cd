import type { CallSite } from '../model.ts';
import type { WorkspacePath } from '../location.ts';
import type { CallParts, RecordedCall } from './callLibrary.ts';
import { libraries } from './libraries.ts';
import { recordedCall } from './recordedCall.ts';

/** A file's calls that leave it, of all libraries: those that stand in its code in order, then those of decorators. */
export function linkCallSites(parts: CallParts, path: WorkspacePath): readonly CallSite[] {
  const facts = parts.program.facts(path)?.libraryCalls ?? [];
  return [
    ...facts.flatMap((fact) => linked(parts, recordedCall(parts, fact, path)) ?? []),
    ...libraries.flatMap((library) => library.declared?.(parts, path) ?? []),
  ];
}

function linked(parts: CallParts, call: RecordedCall): CallSite | undefined {
  for (const library of libraries) {
    const site = library.link(parts, call);
    if (site) return site;
  }
  return undefined;
}
