import { existsSync } from 'node:fs';
import { dirname, posix, resolve } from 'node:path';
import type { CodeLocation, WorkspacePath } from '../core/code/location.ts';
import type { SourceMapper } from '../core/matching/options.ts';
import { plainPath } from '../core/matching/files/spanPath.ts';
import { reachOf, reaches } from './code/reach.ts';
import { isRegularFile, readSmallText } from './code/regularFile.ts';
import { placeInSource, readSourceMap, type DecodedMap } from './readSourceMap.ts';

/** A source map and where its sources are relative to. */
interface OpenedMap extends DecodedMap {
  readonly folder: string;
}

interface CompiledFile {
  readonly path: string;
  /** The project or workspace folder it was found in. */
  readonly root: string;
}

const compiled = /\.[cm]?js$/;
const maxBytes = 32 * 1024 * 1024;
/** Compiled files looked for by one mapper: span text names them, and is hostile. */
const maxFiles = 500;
/** Characters of mappings that one mapper decodes, to 470 MB at worst; TypeScript's compiler has 4.5 million. */
const usualMappings = 8_000_000;

/**
 * Reads source maps beside compiled files (`main.js.map`), inside them, or where they say. Only files below
 * `roots` are read, links followed, each once: make a new mapper for each mapping, since builds change them. A path of
 * another machine is looked for by its end: `/app/dist/main.js` as `dist/main.js` in the service's folder.
 *
 * @param roots folders of the projects and of the workspace.
 */
export function createSourceMapper(
  roots: readonly WorkspacePath[],
  maxMappings = usualMappings,
): SourceMapper {
  const files = new Map<string, { file: CompiledFile; opened: OpenedMap } | undefined>();
  let left = maxMappings;
  return (path, line, column, root) => {
    if (!compiled.test(path) || /(?:^node:|\/node_modules\/|(?:^|\/)\.\.\/)/.test(path)) {
      return undefined;
    }
    const key = `${root ?? ''}\n${path}`;
    if (!files.has(key)) {
      if (files.size >= maxFiles) return undefined;
      const file = findCompiledFile(path, root, roots);
      const opened = file && openMap(file, left);
      left -= opened?.length ?? 0;
      files.set(key, file && opened && { file, opened });
    }
    const known = files.get(key);
    const location = known && locate(known.opened, known.file, line, column);
    return location && { location, compiled: known.file.path };
  };
}

function findCompiledFile(
  path: string,
  own: WorkspacePath | undefined,
  roots: readonly WorkspacePath[],
): CompiledFile | undefined {
  const containing = roots
    .filter((root) => path.startsWith(`${root}/`))
    .toSorted((a, b) => b.length - a.length)
    .at(0);
  if (containing !== undefined)
    return isOurs(path, containing) ? { path, root: containing } : undefined;
  const parts = path.split('/').filter(Boolean);
  const inOwn = own === undefined ? undefined : findByEnd(parts, own, 1);
  if (inOwn !== undefined) return inOwn;
  const found = roots.flatMap((root) => findByEnd(parts, root, 2) ?? []);
  const distinct = new Set(found.map((file) => file.path));
  return distinct.size === 1 ? found[0] : undefined;
}

/** The longest end of the path that is a file in the folder. */
function findByEnd(
  parts: readonly string[],
  root: WorkspacePath,
  least: number,
): CompiledFile | undefined {
  for (let length = Math.min(parts.length, 30); length >= least; length--) {
    const path = `${root}/${parts.slice(-length).join('/')}`;
    if (isOurs(path, root)) return { path, root };
  }
  return undefined;
}

/** Whether there is such a file, and no link leads out of the root to it: spans and maps name any path. */
const isOurs = (path: string, root: WorkspacePath): boolean =>
  isRegularFile(path) && reaches(reachOf(root, false), path);

function openMap({ path, root }: CompiledFile, mostMappings: number): OpenedMap | undefined {
  try {
    const beside = `${path}.map`;
    if (isOurs(beside, root)) return readMap(beside, mostMappings);
    const text = readSmallText(path, maxBytes) ?? '';
    const named = /\/\/[#@] sourceMappingURL=(\S+)\s*$/.exec(text)?.[1];
    if (named === undefined) return undefined;
    const inline = inlineMap(named);
    if (inline !== undefined) return parseMap(inline, dirname(path), mostMappings);
    const elsewhere = resolve(dirname(path), decodeURIComponent(named));
    return isOurs(elsewhere, root) ? readMap(elsewhere, mostMappings) : undefined;
  } catch {
    return undefined; // Unreadable, cut off or not a map: as if there were none.
  }
}

/** Of a `data:` URL, in base64 or percent-encoded. */
function inlineMap(url: string): string | undefined {
  const [, kind = '', data] = /^data:application\/json([^,]*),(.*)$/.exec(url) ?? [];
  if (data === undefined) return undefined;
  return kind.endsWith(';base64')
    ? Buffer.from(data, 'base64').toString()
    : decodeURIComponent(data);
}

function readMap(path: string, mostMappings: number): OpenedMap | undefined {
  const text = readSmallText(path, maxBytes);
  return text === undefined ? undefined : parseMap(text, dirname(path), mostMappings);
}

function parseMap(text: string, folder: string, mostMappings: number): OpenedMap {
  return { ...readSourceMap(text, mostMappings), folder };
}

function locate(
  { map, folder }: OpenedMap,
  { root }: CompiledFile,
  line: number,
  column: number,
): CodeLocation | undefined {
  const place = placeInSource(map, line, column);
  if (place === undefined) return undefined;
  const { source, ...position } = place;
  return { path: sourcePath(source, folder, root), ...position };
}

/** webpack, which `nest build` can use, names sources from the folder it ran in. */
function sourcePath(source: string, folder: string, root: string): string {
  const plain = plainPath(source);
  if (source.startsWith('webpack://')) {
    const below = posix.join(root, plain);
    return existsSync(below) ? below : posix.join(posix.dirname(folder), plain);
  }
  return resolve(folder, plain).replaceAll('\\', '/');
}
