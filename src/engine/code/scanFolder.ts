import { readdir } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { formatCount } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import { isConfigFile } from '../../core/code/configFacts.ts';
import type { CodeProblem } from '../../core/code/model.ts';
import { isOtherSource, isSourceFile, sourceBeside } from '../../core/code/relevance.ts';
import type { IgnoreRules } from './ignoreRules.ts';
import { FollowedLinks, type LinkedEntry } from './followedLinks.ts';
import type { Reach } from './reach.ts';

export interface FolderScan {
  readonly sources: ReadonlySet<string>;
  /** In languages that are not read. */
  readonly others: ReadonlySet<string>;
  readonly configs: ReadonlySet<string>;
  readonly problems: readonly CodeProblem[];
}

export interface ScanOptions {
  readonly rules: IgnoreRules;
  readonly reach: Reach;
  readonly signal: AbortSignal;
  /** The folder to begin with, which no link leads to; the workspace folder itself without. */
  readonly start?: string;
  /** How many files and folders at most. */
  readonly limit?: number;
}

/** More files and folders than any workspace has: a whole disk ends here. */
const maxEntries = 400_000;
/** Folders within folders, from the root: more than people nest. */
const maxNesting = 100;
const concurrency = 32;

interface OpenFolder {
  readonly path: string;
  /** Without links. */
  readonly real: string;
}

/**
 * Lists a folder's source and configuration files. Ignored paths are left out; a linked folder is followed
 * once, and only out of the root. A folder that can't be read, a link that isn't followed, and what lies
 * beyond the most are problems.
 */
export async function scanFolder(
  root: string,
  { rules, reach, signal, start = root, limit = maxEntries }: ScanOptions,
): Promise<FolderScan> {
  const sources = new Set<string>();
  const others = new Set<string>();
  const configs = new Set<string>();
  const problems: CodeProblem[] = [];
  const links = new FollowedLinks(reach);
  let seen = 0;
  let open: OpenFolder[] = [{ path: start, real: reach.realRoot + start.slice(root.length) }];
  const enter = async (folder: OpenFolder): Promise<OpenFolder[]> => {
    const inside: OpenFolder[] = [];
    const entries = await list(folder.path, problems);
    rules.listed(folder.path, entries);
    for (const entry of entries) {
      if (entry.isFile() && !isWanted(entry.name)) continue;
      const found = entryIn(folder, entry, links);
      if (!found || rules.ignores(folder.path, entry.name, found.kind !== 'file')) continue;
      const path = `${folder.path}/${entry.name}`;
      if (found.kind === 'problem') {
        problems.push({ path, line: undefined, message: found.problem });
        continue;
      }
      seen += 1;
      if (seen > limit) break;
      if (found.kind === 'folder') {
        if (nestingIn(root, path) <= maxNesting) inside.push({ path, real: found.real });
        else problems.push({ path, line: undefined, message: tooDeep() });
      } else if (isSourceFile(path)) sources.add(path);
      else if (isConfigFile(path)) configs.add(path);
      else if (isOtherSource(path)) others.add(path);
    }
    return inside;
  };
  while (open.length > 0 && seen <= limit) {
    signal.throwIfAborted();
    const next = await Promise.all(open.slice(0, concurrency).map(enter));
    open = [...open.slice(concurrency), ...next.flat()];
  }
  if (seen > limit) problems.push({ path: start, line: undefined, message: tooMany(limit) });
  for (const path of sources) {
    if (sourceBeside(path).some((source) => sources.has(source))) sources.delete(path);
  }
  return { sources, others, configs, problems };
}

const nestingIn = (root: string, path: string): number =>
  path.slice(root.length + 1).split('/').length;

const isWanted = (name: string) => isSourceFile(name) || isConfigFile(name) || isOtherSource(name);

async function list(folder: string, problems: CodeProblem[]): Promise<Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    problems.push({
      path: folder,
      line: undefined,
      message: message("Not indexed: can't read folder {0} ({1}).", folder, code ?? ''),
    });
    return [];
  }
}

/** What an entry leads to; undefined: nothing that is read. */
function entryIn(folder: OpenFolder, entry: Dirent, links: FollowedLinks): LinkedEntry | undefined {
  if (entry.isDirectory()) return { kind: 'folder', real: `${folder.real}/${entry.name}` };
  if (entry.isFile()) return { kind: 'file' };
  return entry.isSymbolicLink() ? links.follow(folder, entry.name) : undefined;
}

const tooMany = (limit: number): string =>
  message(
    'Only the first {0} files and folders are indexed. Open a smaller folder.',
    formatCount(limit),
  );

const tooDeep = (): string => message('Not indexed: the folder is nested too deeply.');
