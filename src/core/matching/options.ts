import type { CodeLocation, WorkspacePath } from '../code/location.ts';

/** A folder where code runs and the workspace folder that holds its source: the user's path mapping. */
export interface PathMapping {
  readonly from: string;
  readonly to: WorkspacePath;
}

/** A place in a source, and the compiled file whose map says so. */
interface MappedPlace {
  readonly location: CodeLocation;
  readonly compiled: WorkspacePath;
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
) => MappedPlace | undefined;

export interface MatchOptions {
  readonly pathMappings: readonly PathMapping[];
  readonly sourceMapper: SourceMapper;
  /** The paths that spans of a service name, as `plainPath` spells them: together they tell where its folders are. */
  readonly seenOf: (service: string) => ReadonlySet<string>;
}

/** Where one span's paths are looked for. */
export interface PathOptions extends Omit<MatchOptions, 'seenOf'> {
  readonly service: string;
  /** Of the service. */
  readonly seen: ReadonlySet<string>;
  /** Folder of the span's service; undefined: not known. */
  readonly root: WorkspacePath | undefined;
}

/** Where the paths of a service's spans are looked for. @param root its folder, where that is known */
export const pathOptions = (
  { seenOf, ...options }: MatchOptions,
  service: string,
  root: WorkspacePath | undefined,
): PathOptions => ({ ...options, service, root, seen: seenOf(service) });
