import type { CodeLocation, WorkspacePath } from '../../code/model.ts';

/** A folder where code runs and the workspace folder that holds its source: the user's path mapping. */
export interface PathMapping {
  readonly from: string;
  readonly to: WorkspacePath;
}

/**
 * The source of a place in a compiled file, by its source map; undefined when there is none. Line and
 * column count from 1. The path is hostile text of a span, after the user's mappings; `root` is the folder
 * of the service that ran it, where that is known.
 */
export type SourceMapper = (
  path: string,
  line: number,
  column: number,
  root: WorkspacePath | undefined,
) => CodeLocation | undefined;

export interface MatchOptions {
  readonly pathMappings: readonly PathMapping[];
  readonly sourceMapper: SourceMapper;
}

/** Where one span's paths are looked for. */
export interface PathOptions extends MatchOptions {
  /** Folder of the span's service; undefined: not known. */
  readonly root: WorkspacePath | undefined;
}
