import type { CodeIndex, CodeLocation, WorkspacePath } from '../../code/model.ts';
import { fileName, lookupsOf } from './lookups.ts';
import type { PathMapping, PathOptions } from './options.ts';

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

const buildFolder = /\/(?:dist|build|out)\//;
const compiledFile = /\.([cm]?)js$/;

/**
 * Files of the workspace that a path in a span can mean: the path itself, after the user's mappings, else
 * the files with the longest common end, those of the service's own folder before others. Compiled files stand for their sources (`dist/a.js` for
 * `src/a.ts`). Nothing under `node_modules` is ever of the workspace.
 */
export function findWorkspaceFiles(
  spanPath: string,
  index: CodeIndex,
  { pathMappings, root }: PathOptions,
): FoundFiles {
  const path = mapPath(spanPath, pathMappings);
  if (path.includes('/node_modules/') || path.startsWith('node:')) {
    return { files: [], certain: false, compiled: false };
  }
  const direct = filesEndingLike(path, index, root);
  if (direct.files.length > 0) return { ...direct, compiled: false };
  for (const source of sourcesOf(path)) {
    const found = filesEndingLike(source, index, root);
    if (found.files.length > 0) return { ...found, compiled: true };
  }
  return { files: [], certain: false, compiled: false };
}

/** With `/`, without `file://`, the longest mapping that applies in place. */
function mapPath(spanPath: string, mappings: readonly PathMapping[]): string {
  const path = spanPath.replace(/^file:\/\/(?=\/)/, '').replaceAll('\\', '/');
  let best: PathMapping | undefined;
  for (const mapping of mappings) {
    const from = mapping.from.replace(/\/+$/, '');
    const applies = path === from || path.startsWith(`${from}/`);
    if (applies && from.length > (best?.from.length ?? -1)) best = { from, to: mapping.to };
  }
  return best === undefined ? path : best.to.replace(/\/+$/, '') + path.slice(best.from.length);
}

function* sourcesOf(path: string): Generator<string> {
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
  if (index.files.has(path)) return { files: [path], certain: true };
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
  if (own.length > 0) return { files: own, certain: longest > 1 };
  return { files, certain: root !== undefined && longest > 2 };
}

function commonEnd(a: readonly string[], b: readonly string[]): number {
  let length = 0;
  while (length < a.length && a.at(-1 - length) === b.at(-1 - length)) length++;
  return length;
}

const isBelow = (path: WorkspacePath, root: WorkspacePath | undefined) =>
  root !== undefined && path.startsWith(`${root}/`);

/** The source of a place in a compiled file, where its map leads to a file of the index. */
export function findMappedSource(
  spanPath: string,
  line: number,
  column: number,
  index: CodeIndex,
  { pathMappings, sourceMapper, root }: PathOptions,
): { readonly location: CodeLocation; readonly certain: boolean } | undefined {
  const path = mapPath(spanPath, pathMappings);
  const location = sourceMapper(path, line, column, root);
  if (location === undefined || !index.files.has(location.path)) return undefined;
  const isHere = index.projects.some((project) => isBelow(path, project.root));
  return { location, certain: isHere || isBelow(location.path, root) };
}
