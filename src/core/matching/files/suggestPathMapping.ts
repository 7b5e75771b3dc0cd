import type { CodeIndex } from '../../code/model.ts';
import type { WorkspacePath } from '../../code/location.ts';
import { fileName, lookupsOf } from '../lookups.ts';
import type { FunctionName } from '../attributes/namedCode.ts';
import type { PathMapping, PathOptions } from '../options.ts';
import { classSays } from '../attributes/runtimeClass.ts';
import { serviceRoots } from './serviceRoots.ts';
import { usualSources } from './filesLike.ts';
import { findMappedSource, findWorkspaceFiles } from './workspaceFile.ts';
import type { SeenPath } from './seenPaths.ts';

/** A path mapping that would help, and how much. */
export interface PathSuggestion extends PathMapping {
  /** Spans, of those seen, that would be certain of their file and are not now. */
  readonly spans: number;
}

/** Mappings that are tried, those that most spans speak for first. */
const maxCandidates = 20;
const maxSameName = 50;
/** The places that most spans name; each costs look-ups on disk where it may be a compiled file. */
const maxPlaces = 1_000;
/** Of the places below `from`, how many must fit: one file of a common name proves nothing. */
const leastShare = 0.5;

/**
 * The path mapping that would tell the file of most spans: the beginning that paths have on another machine,
 * and the workspace folder where, with it replaced, their files are. It must fit most paths that begin so,
 * be told by two files or by one and its function, and lead no path away from a file it is certain of.
 * Undefined where no mapping helps, or two help as much and disagree.
 *
 * @param pathsOf where paths of a service are looked for now
 * @param declined beginnings that were offered before: neither they nor folders above or below come again
 */
export function suggestPathMapping(
  seen: readonly SeenPath[],
  index: CodeIndex,
  pathsOf: (service: string) => PathOptions,
  declined: readonly string[],
): PathSuggestion | undefined {
  const options = new Map<string, PathOptions>();
  for (const { service } of seen) {
    if (!options.has(service)) options.set(service, pathsOf(service));
  }
  const most = seen.toSorted((a, b) => b.spans - a.spans).slice(0, maxPlaces);
  const places = most.flatMap((place) => {
    const paths = options.get(place.service);
    return paths ? [{ place, paths, file: certainFile(place, index, paths) }] : [];
  });
  const ranked = candidates(places, index)
    .filter(({ from }) => !declined.some((other) => isNear(from, other)))
    .map((mapping) => ({ mapping, ...effect(mapping, places, index) }))
    .filter(({ helps }) => helps)
    .sort((a, b) => b.spans - a.spans || a.mapping.from.length - b.mapping.from.length);
  const [best, ...others] = ranked;
  if (best === undefined) return undefined;
  const { mapping, spans } = best;
  const disagree = others.some((other) => other.spans === spans && !agree(best, other));
  return disagree ? undefined : { ...mapping, spans };
}

interface Place {
  readonly place: SeenPath;
  readonly paths: PathOptions;
  /** The file that is certain now. */
  readonly file: WorkspacePath | undefined;
}

function certainFile(
  { path, line, column, function: wanted }: SeenPath,
  index: CodeIndex,
  paths: PathOptions,
): WorkspacePath | undefined {
  const source = findMappedSource(path, line, column, index, paths);
  if (source?.certain) return source.location.path;
  const { files, certain } = findWorkspaceFiles(path, index, paths);
  const [file] = files;
  if (!certain || file === undefined || files.length > 1) return undefined;
  return has(file, wanted, index) === false ? undefined : file;
}

/** Whether the file has that function; undefined where that can't be told. */
function has(
  file: WorkspacePath,
  wanted: FunctionName | undefined,
  index: CodeIndex,
): boolean | undefined {
  const methods = index.methodsOf(file);
  if (wanted === undefined || methods.length === 0) return undefined;
  const { className, name } = wanted;
  return methods.some(
    (method) => method.name === name && classSays(className, method, index) !== 'other',
  );
}

/** Beginnings and folders that bring a place without a certain file to a file of its name, most spans first. */
function candidates(places: readonly Place[], index: CodeIndex): readonly PathMapping[] {
  const votes = new Map<string, { mapping: PathMapping; spans: number }>();
  for (const { place, paths, file } of places) {
    if (file !== undefined || isElsewhere(place, paths, index)) continue;
    for (const mapping of mappingsOf(place.path, index)) {
      const key = `${mapping.from}\n${mapping.to}`;
      const vote = votes.get(key) ?? { mapping, spans: 0 };
      vote.spans += place.spans;
      votes.set(key, vote);
    }
  }
  return [...votes.values()]
    .sort((a, b) => b.spans - a.spans)
    .slice(0, maxCandidates)
    .map(({ mapping }) => mapping);
}

/** Below a root that other paths taught, and not there: it is of a package that isn't here. */
const isElsewhere = ({ path }: SeenPath, paths: PathOptions, index: CodeIndex): boolean =>
  serviceRoots(index, paths).some(({ from }) => path.startsWith(`${from}/`));

function mappingsOf(path: string, index: CodeIndex): readonly PathMapping[] {
  if (!/^(?:\/|[a-z]:\/)/.test(path)) return [];
  const found = new Map<string, PathMapping>();
  for (const source of [path, ...usualSources(path)]) {
    const files = lookupsOf(index).filesByName.get(fileName(source)) ?? [];
    for (const file of files.slice(0, maxSameName)) {
      const common = commonEnd(source, file);
      const from = source.slice(0, source.length - common);
      const to = file.slice(0, file.length - common);
      if (from.length > 1 && to !== '' && path.startsWith(`${from}/`)) {
        found.set(`${from}\n${to}`, { from, to });
      }
    }
  }
  return [...found.values()];
}

/** Length of the end that both have, from a `/` on. */
function commonEnd(a: string, b: string): number {
  let length = 0;
  for (let step = 1; step <= a.length && step <= b.length; step++) {
    const character = a.charAt(a.length - step);
    if (character !== b.charAt(b.length - step)) break;
    if (character === '/') length = step;
  }
  return length;
}

/** What a mapping would change. */
interface Effect {
  readonly spans: number;
  readonly helps: boolean;
  /** The file of each place that has none now. */
  readonly files: ReadonlyMap<SeenPath, WorkspacePath>;
}

function effect(mapping: PathMapping, places: readonly Place[], index: CodeIndex): Effect {
  const below = new Set<string>();
  const told = new Set<string>();
  const files = new Map<SeenPath, WorkspacePath>();
  let breaks = false;
  const mapped = new Map<PathOptions, PathOptions>();
  for (const { place, paths, file } of places) {
    if (!place.path.startsWith(`${mapping.from}/`)) continue;
    const changed = mapped.get(paths) ?? withMapping(paths, mapping);
    mapped.set(paths, changed);
    const after = certainFile(place, index, changed);
    if (file !== undefined) breaks ||= after !== file;
    else below.add(place.path);
    if (file !== undefined || after === undefined) continue;
    told.add(place.path);
    files.set(place, after);
  }
  const isProven = new Set(files.values()).size > 1 || isNamed(files, index);
  const helps = !breaks && isProven && told.size >= below.size * leastShare;
  let spans = 0;
  for (const place of files.keys()) spans += place.spans;
  return { spans, helps, files };
}

const withMapping = (paths: PathOptions, mapping: PathMapping): PathOptions => ({
  ...paths,
  pathMappings: [...paths.pathMappings, mapping],
});

const isNamed = (files: Effect['files'], index: CodeIndex): boolean =>
  [...files].some(([place, file]) => has(file, place.function, index) === true);

/** True when both bring each place to the same file: `/app` to `/ws` and `/app/src` to `/ws/src`. */
const agree = (one: Effect, other: Effect): boolean =>
  [...one.files].every(([place, file]) => (other.files.get(place) ?? file) === file);

const isNear = (one: string, other: string) =>
  `${one}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${one}/`);
