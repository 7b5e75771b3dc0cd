import type { ConfigFacts } from '../configFacts.ts';
import type { CompiledOutput } from '../model.ts';
import type { WorkspacePath } from '../location.ts';
import { folderOf, joinPath } from '../language/program/paths.ts';

interface Folders {
  readonly outDir: string | undefined;
  readonly rootDir: string | undefined;
}

/**
 * Where compilers put what they make of the workspace's sources: `outDir` of each tsconfig, with those it
 * extends counted. Without a `rootDir` the compiler takes the folder that all sources share: `src`, or the
 * folder of the tsconfig.
 */
export function compiledOutputs(
  configs: ReadonlyMap<WorkspacePath, ConfigFacts>,
): readonly CompiledOutput[] {
  const outputs = new Map<string, CompiledOutput>();
  for (const path of configs.keys()) {
    const folder = folderOf(path);
    const found = foldersOf(path, configs, new Map());
    const outDir = atConfig(found.outDir, folder);
    const rootDir = atConfig(found.rootDir, folder);
    if (outDir === undefined) continue;
    const sources = rootDir === undefined ? [`${folder}/src`, folder] : [rootDir];
    outputs.set(`${outDir}\n${sources.join('\n')}`, { outDir, sources });
  }
  return [...outputs.values()];
}

const mostExtended = 30;

function foldersOf(
  path: string,
  configs: ReadonlyMap<WorkspacePath, ConfigFacts>,
  known: Map<string, Folders>,
  depth = 0,
): Folders {
  const before = known.get(path);
  if (before) return before;
  const facts = configs.get(path);
  known.set(path, nothing);
  if (facts?.kind !== 'tsconfig' || depth > mostExtended) return nothing;
  let inherited = nothing;
  for (const base of facts.extends) {
    if (!base.startsWith('.')) continue; // of a package: it can't know this workspace's folders
    const target = joinPath(folderOf(path), base.endsWith('.json') ? base : `${base}.json`);
    const found = foldersOf(target, configs, known, depth + 1);
    inherited = {
      outDir: found.outDir ?? inherited.outDir,
      rootDir: found.rootDir ?? inherited.rootDir,
    };
  }
  const resolved = (value: string | undefined) =>
    value === undefined || value.startsWith(configDir) ? value : joinPath(folderOf(path), value);
  const folders = {
    outDir: resolved(facts.outDir) ?? inherited.outDir,
    rootDir: resolved(facts.rootDir) ?? inherited.rootDir,
  };
  known.set(path, folders);
  return folders;
}

/** In an extended tsconfig: the folder of the one that extends it. */
const configDir = '${configDir}';

const atConfig = (value: string | undefined, folder: WorkspacePath) =>
  value?.startsWith(configDir) ? joinPath(folder, `.${value.slice(configDir.length)}`) : value;

const nothing: Folders = { outDir: undefined, rootDir: undefined };
