import type { CodeIndex } from '../../code/model.ts';
import type { WorkspacePath } from '../../code/location.ts';
import type { AlikeFile } from './alikeFile.ts';
import { fileAt, filesLike } from './filesLike.ts';
import type { PathOptions } from '../options.ts';
import { isAbsolute, namesPackage, workspaceRoot } from './pathFront.ts';
import { isLibraryPath, mapPath } from './spanPath.ts';
import type { ServiceRoot } from './standing.ts';

/** A root that a path speaks for, with how many others do. */
interface Candidate extends ServiceRoot {
  /** The folders in front call the package by its name. */
  readonly isNamed: boolean;
  /** Nothing in front speaks against it. */
  readonly isPlain: boolean;
  readonly hits: number;
  readonly misses: number;
}

/** Paths that are asked; those that come later say little new. */
const maxPaths = 500;
/** How many files prove a root whose folders are called like another package. */
const proof = 3;

interface Known {
  readonly index: CodeIndex;
  readonly options: PathOptions;
  readonly paths: number;
  readonly roots: readonly ServiceRoot[];
}
const known = new WeakMap<ReadonlySet<string>, Known>();

/**
 * Where the folders of a service's machine are here, as the paths that its spans name teach together: each path whose
 * file is certain by itself speaks for a root, and roots that contradict one another are settled by what they are
 * called, how many files they have and how near the top they are. The innermost come first.
 */
export function serviceRoots(index: CodeIndex, options: PathOptions): readonly ServiceRoot[] {
  const { seen } = options;
  const last = known.get(seen);
  if (last?.index === index && last.paths === seen.size && isSame(last.options, options)) {
    return last.roots;
  }
  const roots = settle(candidatesOf(index, options));
  known.set(seen, { index, options, paths: seen.size, roots });
  return roots;
}

const isSame = (a: PathOptions, b: PathOptions) =>
  a.root === b.root && a.service === b.service && a.pathMappings === b.pathMappings;

function candidatesOf(index: CodeIndex, options: PathOptions): readonly Candidate[] {
  const paths = new Set<string>();
  for (const path of options.seen) {
    if (paths.size >= maxPaths) break;
    const mapped = mapPath(path, options.pathMappings);
    if (isAbsolute(mapped) && !isLibraryPath(mapped)) paths.add(mapped);
  }
  const top = workspaceRoot(index);
  const found = new Map<string, Pick<Candidate, 'from' | 'to' | 'isNamed' | 'isPlain'>>();
  for (const path of paths) {
    if (fileAt(path, index) !== undefined) continue;
    const { files, certain, isAlone } = filesLike(path, index, options, []);
    const [alike] = files;
    const root = alike && (certain || isAlone) ? rootOf(alike, path, top) : undefined;
    if (alike === undefined || root === undefined) continue;
    const key = `${root.from}\n${root.to}`;
    const isPlain = certain || (found.get(key)?.isPlain ?? false);
    found.set(key, { ...root, isPlain, isNamed: namesPackage(alike, index, options) });
  }
  return [...found.values()].map((root) => ({ ...root, ...support(root, paths, index) }));
}

/** The folders in front of the common end, which is cut so that no folder above all packages is in it. */
function rootOf(
  { file, front, base }: AlikeFile,
  path: string,
  top: WorkspacePath,
): ServiceRoot | undefined {
  let [from, to] = [front, base];
  while (from === '' || top.startsWith(`${to}/`)) {
    const [part = '', ...rest] = file.slice(to.length + 1).split('/');
    if (!file.startsWith(`${to}/`) || rest.length === 0) return undefined;
    from += `/${part}`;
    to += `/${part}`;
  }
  return path.startsWith(`${from}/`) ? { from, to } : undefined;
}

function support({ from, to }: ServiceRoot, paths: ReadonlySet<string>, index: CodeIndex) {
  let hits = 0;
  let misses = 0;
  for (const path of paths) {
    if (!path.startsWith(`${from}/`)) continue;
    if (fileAt(to + path.slice(from.length), index) !== undefined) hits += 1;
    else misses += 1;
  }
  return { hits, misses };
}

function settle(all: readonly Candidate[]): readonly ServiceRoot[] {
  const plain = all.filter((one) => one.isNamed || (one.isPlain && one.misses <= one.hits * 3));
  const proven = all.filter(({ hits, misses }) => hits >= proof && misses === 0);
  const roots = plain.length > 0 ? plain : proven;
  return roots
    .filter((one) => one.isNamed || !roots.some((other) => contradicts(other, one)))
    .sort((a, b) => b.from.length - a.from.length);
}

/** Whether `one`, which no name speaks for, can't be a root when the other is. */
function contradicts(other: Candidate, one: Candidate): boolean {
  if (other === one || !(other.to === one.to || holdsElsewhere(other, one))) return false;
  // Of two that hold the same the inner one is a folder in the outer one, if its name doesn't say otherwise.
  if (one.from.startsWith(`${other.from}/`)) return true;
  if (other.from.startsWith(`${one.from}/`)) return other.isNamed;
  if (one.hits > 1) return false;
  return other.isNamed || other.hits > 1 || depthOf(other.from) < depthOf(one.from);
}

/** Whether a named root has the other one's folder, and not where that one says: only the parts needed may be copied. */
const holdsElsewhere = (named: Candidate, { from, to }: ServiceRoot): boolean =>
  named.isNamed && to.startsWith(`${named.to}/`) && !`${from}/`.startsWith(`${named.from}/`);

const depthOf = (path: string): number => path.split('/').length;
