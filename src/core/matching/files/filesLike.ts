import type { CodeIndex } from '../../code/model.ts';
import type { WorkspacePath } from '../../code/location.ts';
import { filesAlike } from './alikeFile.ts';
import { compiledSources } from './compiledSources.ts';
import type { PathOptions } from '../options.ts';
import { judge, type Judged, type ServiceRoot } from './standing.ts';

/** Files that a path can mean, as `judge` keeps them. */
export interface LikeFiles extends Judged {
  /** The path's file is the compiled form of these: its lines are other lines. */
  readonly compiled: boolean;
}

/** The file at this very place of the workspace, or the source of the compiled file there. */
export function fileAt(
  path: string,
  index: CodeIndex,
): { readonly file: WorkspacePath; readonly compiled: boolean } | undefined {
  const { files, isWhole } = compiledSources(path, index);
  const [source] = files;
  // What was compiled may lie in the workspace too, and be indexed where nothing says to ignore it.
  if (isWhole && source !== undefined && files.length === 1) {
    return { file: source.file, compiled: true };
  }
  if (hasFile(index, path)) return { file: path, compiled: false };
  for (const usual of usualSources(path)) {
    if (hasFile(index, usual)) return { file: usual, compiled: true };
  }
  return undefined;
}

const hasFile = (index: CodeIndex, path: string) =>
  index.files.has(path) || index.otherFiles.has(path);

/**
 * Files with the longest common end. Compiled files stand for their sources: `dist/a.js` for `src/a.ts`, or as a
 * tsconfig says.
 */
export function filesLike(
  path: string,
  index: CodeIndex,
  options: PathOptions,
  roots: readonly ServiceRoot[],
): LikeFiles {
  const judged = (alike: Parameters<typeof judge>[0], at: string) =>
    judge(alike, at, index, options, roots);
  const byOutput = judged(compiledSources(path, index).files, path);
  if (byOutput.certain) return { ...byOutput, compiled: true };
  const direct = judged(filesAlike(path, index), path);
  if (direct.certain) return { ...direct, compiled: false };
  for (const source of usualSources(path)) {
    const found = judged(filesAlike(source, index), source);
    if (found.certain || (direct.files.length === 0 && found.files.length > 0)) {
      return { ...found, compiled: true };
    }
  }
  return direct.files.length > 0
    ? { ...direct, compiled: false }
    : { ...byOutput, compiled: byOutput.files.length > 0 };
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
