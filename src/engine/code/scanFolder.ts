import { readdir, realpath, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { formatCount } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { isConfigFile } from '../../core/code/configFacts.ts';
import type { CodeProblem } from '../../core/code/model.ts';
import { isOtherSource, isSourceFile, sourceBeside } from '../../core/code/relevance.ts';
import type { IgnoreRules } from './ignoreRules.ts';

export interface FolderScan {
  readonly sources: ReadonlySet<string>;
  /** In languages that are not read. */
  readonly others: ReadonlySet<string>;
  readonly configs: ReadonlySet<string>;
  readonly problems: readonly CodeProblem[];
}

/** More files than any workspace has: a link to a whole disk ends here. */
const maxFiles = 200_000;
const concurrency = 32;

/**
 * Lists a folder's source and configuration files. Ignored paths are left out; a linked folder is followed
 * once, and only out of the root. A folder that can't be read, a link that leads round or nowhere, and files
 * beyond the most are problems.
 */
export async function scanFolder(
  root: string,
  rules: IgnoreRules,
  signal: AbortSignal,
  start = root,
): Promise<FolderScan> {
  const sources = new Set<string>();
  const others = new Set<string>();
  const configs = new Set<string>();
  const problems: CodeProblem[] = [];
  const realRoot = await realpath(root).catch(() => root);
  const linked = new Set<string>();
  let open = [start];
  const enter = async (folder: string): Promise<string[]> => {
    const inside: string[] = [];
    const real = realRoot + folder.slice(root.length);
    const entries = await list(folder, problems);
    rules.listed(folder, entries);
    for (const entry of entries) {
      if (entry.isFile() && !isWanted(entry.name)) continue;
      const kind = await kindOf(folder, real, entry, realRoot, linked);
      if (!kind || (await rules.ignores(folder, entry.name, kind !== 'file'))) continue;
      const path = `${folder}/${entry.name}`;
      if (typeof kind === 'object') {
        problems.push({ path, line: undefined, message: kind.problem });
        continue;
      }
      if (kind === 'folder') inside.push(path);
      else if (isSourceFile(path)) sources.add(path);
      else if (isConfigFile(path)) configs.add(path);
      else if (isOtherSource(path) && others.size < maxFiles) others.add(path);
    }
    return inside;
  };
  while (open.length > 0 && sources.size < maxFiles) {
    signal.throwIfAborted();
    const next = await Promise.all(open.slice(0, concurrency).map(enter));
    open = [...open.slice(concurrency), ...next.flat()];
  }
  if (open.length > 0) problems.push({ path: start, line: undefined, message: tooMany() });
  for (const path of sources) {
    if (sourceBeside(path).some((source) => sources.has(source))) sources.delete(path);
  }
  return { sources, others, configs, problems };
}

const isWanted = (name: string) => isSourceFile(name) || isConfigFile(name) || isOtherSource(name);

async function list(folder: string, problems: CodeProblem[]): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    problems.push({
      path: folder,
      line: undefined,
      message: message(
        'The folder {0} can’t be read ({1}): it is missing from the index.',
        folder,
        code ?? '',
      ),
    });
    return [];
  }
}

async function kindOf(
  folder: string,
  real: string,
  entry: Dirent,
  realRoot: string,
  linked: Set<string>,
): Promise<'folder' | 'file' | { readonly problem: string } | undefined> {
  if (entry.isDirectory()) return 'folder';
  if (entry.isFile()) return 'file';
  if (!entry.isSymbolicLink()) return undefined;
  try {
    const target = await realpath(`${folder}/${entry.name}`);
    const found = await stat(target);
    if (found.isFile()) return 'file';
    if (`${real}/`.startsWith(`${target}/`)) {
      return { problem: message('This link leads back to a folder it is in: it is not followed.') };
    }
    if (target.startsWith(`${realRoot}/`) || linked.has(target)) return undefined;
    linked.add(target);
    return found.isDirectory() ? 'folder' : undefined;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // A link to nothing matters where it would be code.
    if (code === 'ENOENT' && !isSourceFile(entry.name)) return undefined;
    return { problem: message('This link can’t be followed ({0}).', code ?? String(error)) };
  }
}

const tooMany = (): string =>
  message(
    'There are more than {0} source files: folders beyond them are missing from the index. Is a folder open that is not a workspace?',
    formatCount(maxFiles),
  );
