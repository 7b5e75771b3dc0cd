import type { CodeIndex, CodeLocation, WorkspacePath } from '../../code/model.ts';
import { compiledSources } from './compiledSources.ts';
import { fileName, lookupsOf } from './lookups.ts';
import type { PathOptions } from './options.ts';
import { isLibraryPath, mapPath, plainPath } from './spanPath.ts';

/** Which files of the workspace a path of another machine may be. */
export interface FoundFiles {
  /** Best first; several when they fit equally well. */
  readonly files: readonly WorkspacePath[];
  /**
   * False when another file may be meant as well: only the name is the same, not the folder, or the
   * service may be one whose code isn't here.
   */
  readonly certain: boolean;
  /** The span's file is the compiled form of these: its lines are other lines. */
  readonly compiled: boolean;
}

/** Of one mapping, in which files don't come or go: many spans name the same file. */
const found = new WeakMap<PathOptions, Map<string, FoundFiles>>();

/**
 * Files of the workspace that a path in a span can mean: the path itself, after the user's mappings, else
 * the files with the longest common end, those of the service's own folder before others. Compiled files
 * stand for their sources (`dist/a.js` for `src/a.ts`, or as a tsconfig says). What is installed
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

const nowhere: FoundFiles = { files: [], certain: false, compiled: false };

function find(spanPath: string, index: CodeIndex, { pathMappings, root }: PathOptions): FoundFiles {
  const path = mapPath(plainPath(spanPath), pathMappings);
  if (isLibraryPath(path)) return nowhere;
  // What was compiled may lie in the workspace too, and be indexed where nothing says to ignore it.
  const byOutput = compiledSources(path, index, root);
  if (byOutput.certain) return { ...byOutput, compiled: true };
  const direct = { ...filesEndingLike(path, index, root), compiled: false };
  if (direct.certain) return direct;
  for (const source of usualSources(path)) {
    const files = filesEndingLike(source, index, root);
    if (files.certain) return { ...files, compiled: true };
    if (direct.files.length === 0 && files.files.length > 0) return { ...files, compiled: true };
  }
  return direct.files.length > 0 ? direct : { ...byOutput, compiled: byOutput.files.length > 0 };
}

const buildFolder = /\/(?:dist|build|out)\//;
const compiledFile = /\.([cm]?)js$/;

/** What a compiled file's source is usually called: `src/a.ts` or `a.ts` for `dist/a.js`. */
export function* usualSources(path: string): Generator<string> {
  const [, flavor] = compiledFile.exec(path) ?? [];
  if (flavor === undefined) return;
  for (const extension of [`.${flavor}ts`, '.tsx']) {
    const source = path.replace(compiledFile, extension);
    if (buildFolder.test(source)) {
      yield source.replace(buildFolder, '/src/');
      yield source.replace(buildFolder, '/');
    }
    yield source;
  }
}

function filesEndingLike(
  path: string,
  index: CodeIndex,
  root: WorkspacePath | undefined,
): Omit<FoundFiles, 'compiled'> {
  if (hasFile(index, path)) return { files: [path], certain: true };
  const parts = path.split('/').filter(Boolean);
  let files: WorkspacePath[] = [];
  let longest = 0;
  for (const file of lookupsOf(index).filesByName.get(fileName(path)) ?? []) {
    const common = commonEnd(parts, file.split('/').filter(Boolean));
    if (common > longest) files = [];
    if (common >= longest) files.push(file);
    longest = Math.max(longest, common);
  }
  const own = files.filter((file) => isBelow(file, root));
  if (own.length > 0) return { files: own, certain: own.length === 1 && longest > 1 };
  return { files, certain: files.length === 1 && root !== undefined && longest > 2 };
}

const hasFile = (index: CodeIndex, path: string) =>
  index.files.has(path) || index.otherFiles.has(path);

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}

export const isBelow = (path: WorkspacePath, root: WorkspacePath | undefined) =>
  root !== undefined && path.startsWith(`${root}/`);

/** The source of a place in a compiled file, where its map leads to a file of the index. */
export function findMappedSource(
  spanPath: string,
  line: number,
  column: number,
  index: CodeIndex,
  options: PathOptions,
): { readonly location: CodeLocation; readonly certain: boolean } | undefined {
  const { pathMappings, sourceMapper, root } = options;
  const path = mapPath(plainPath(spanPath), pathMappings);
  const location = sourceMapper(path, line, column, root);
  if (location === undefined) return undefined;
  if (index.files.has(location.path)) {
    const isHere = index.projects.some((project) => isBelow(path, project.root));
    return { location, certain: isHere || isBelow(location.path, root) };
  }
  // A map made on another machine may name its sources by their paths there.
  const { files, certain } = findWorkspaceFiles(location.path, index, options);
  const [file, ...others] = files;
  if (file === undefined || others.length > 0) return undefined;
  return { location: { ...location, path: file }, certain };
}
