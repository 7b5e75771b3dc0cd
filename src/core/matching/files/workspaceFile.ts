import type { CodeIndex } from '../../code/model.ts';
import type { CodeLocation, WorkspacePath } from '../../code/location.ts';
import { fileAt, filesLike } from './filesLike.ts';
import type { PathOptions } from '../options.ts';
import { workspaceRoot } from './pathFront.ts';
import { serviceRoots } from './serviceRoots.ts';
import { bundleOf, isLibraryPath, mapPath, plainPath } from './spanPath.ts';
import { isBelow, judge, type ServiceRoot } from './standing.ts';
import { alikeAs } from './alikeFile.ts';

/** Which files of the workspace a path of another machine may be. */
export interface FoundFiles {
  /** Best first; several when they fit equally well. */
  readonly files: readonly WorkspacePath[];
  /** False when another file may be meant as well. */
  readonly certain: boolean;
  /** Why, as a sentence; empty where it is certain, or where there are several. */
  readonly doubt: string;
  /** The span's file is the compiled form of these: its lines are other lines. */
  readonly compiled: boolean;
}

/** Of one mapping, in which files don't come or go: many spans name the same file. */
const found = new WeakMap<PathOptions, Map<string, FoundFiles>>();

/**
 * Files of the workspace that a path in a span can mean: the path itself, after the user's mappings; the place where
 * what the service's other paths taught puts it; else the files with the longest common end that nothing contradicts,
 * those of the service's own folder before others. Compiled files stand for their sources. What is installed
 * (`node_modules` and the like) is never of the workspace.
 */
export function findWorkspaceFiles(
  spanPath: string,
  index: CodeIndex,
  options: PathOptions,
): FoundFiles {
  const known = found.get(options) ?? new Map<string, FoundFiles>();
  found.set(options, known);
  const files = known.get(spanPath) ?? find(spanPath, index, options);
  known.set(spanPath, files);
  return files;
}

const nowhere: FoundFiles = { files: [], certain: false, doubt: '', compiled: false };

function find(spanPath: string, index: CodeIndex, options: PathOptions): FoundFiles {
  const path = mapPath(plainPath(spanPath), options.pathMappings);
  if (isLibraryPath(path)) return nowhere;
  const roots = rootsFor(path, index, options);
  for (const place of [path, ...placesOf(path, roots)]) {
    const at = fileAt(place, index);
    if (at !== undefined)
      return { files: [at.file], certain: true, doubt: '', compiled: at.compiled };
  }
  const like = filesLike(inBundle(spanPath, path), index, options, roots);
  return { ...like, files: like.files.map(({ file }) => file) };
}

/** What other paths taught; below the workspace's own folder that it is itself. */
function rootsFor(path: string, index: CodeIndex, options: PathOptions): readonly ServiceRoot[] {
  const top = workspaceRoot(index);
  return top !== '' && isBelow(path, top) ? [{ from: top, to: top }] : serviceRoots(index, options);
}

const placesOf = (path: string, roots: readonly ServiceRoot[]): readonly string[] =>
  roots
    .filter(({ from }) => isBelow(path, from))
    .map(({ from, to }) => to + path.slice(from.length));

/** A bundler's name of the package stands for its folder. */
function inBundle(spanPath: string, path: string): string {
  const bundle = bundleOf(spanPath);
  return bundle === '' ? path : `${bundle}/${path}`;
}

/** A place of a source, as a source map has it. */
interface MappedSource {
  readonly location: CodeLocation;
  readonly certain: boolean;
  /** Why not certain, as a sentence. */
  readonly doubt: string;
}

/** The source of a place in a compiled file, where its map leads to a file of the index. */
export function findMappedSource(
  spanPath: string,
  line: number,
  column: number,
  index: CodeIndex,
  options: PathOptions,
): MappedSource | undefined {
  const known = mappedSources.get(options) ?? new Map<string, MappedSource | undefined>();
  mappedSources.set(options, known);
  const key = `${line}:${column} ${spanPath}`;
  if (!known.has(key)) known.set(key, mappedSource(spanPath, line, column, index, options));
  return known.get(key);
}

/** Of one mapping: many stacks have the same frames. */
const mappedSources = new WeakMap<PathOptions, Map<string, MappedSource | undefined>>();

function mappedSource(
  spanPath: string,
  line: number,
  column: number,
  index: CodeIndex,
  options: PathOptions,
): MappedSource | undefined {
  const path = mapPath(plainPath(spanPath), options.pathMappings);
  const mapped = readMap(path, line, column, index, options);
  if (mapped === undefined) return undefined;
  const { location, certain, doubt } = mapped;
  if (index.files.has(location.path)) return { location, certain, doubt };
  // A map made on another machine may name its sources by their paths there.
  const ofBuild = { ...options, seen: nothingSeen };
  const source = findWorkspaceFiles(location.path, index, ofBuild);
  const [file, ...others] = source.files;
  if (file === undefined || others.length > 0) return undefined;
  return {
    location: { ...location, path: file },
    certain: certain && source.certain,
    doubt: certain ? source.doubt : doubt,
  };
}

const nothingSeen: ReadonlySet<string> = new Set();

/** What the map of the compiled file says, and whether that file is the one that the path means. */
function readMap(
  path: string,
  line: number,
  column: number,
  index: CodeIndex,
  options: PathOptions,
) {
  const { sourceMapper, root } = options;
  const roots = rootsFor(path, index, options);
  for (const place of placesOf(path, roots)) {
    const source = sourceMapper(place, line, column, root);
    if (source?.compiled === place) return { ...source, certain: true, doubt: '' };
  }
  const source = sourceMapper(path, line, column, root);
  if (source === undefined) return undefined;
  if (source.compiled === path) return { ...source, certain: true, doubt: '' };
  const alike = alikeAs(path, source.compiled);
  const { files, certain, doubt } = judge([alike], path, index, options, roots);
  return files.length === 0 ? undefined : { ...source, certain, doubt };
}
