import { readFileSync, statSync } from 'node:fs';
import { findSourceMap, SourceMap } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** A place in a file, counted from 1. */
export interface Position {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

interface Mapping {
  readonly map: SourceMap;
  /** What relative sources are relative to; undefined: they are URLs already. */
  readonly base: URL | undefined;
}

const maxFileBytes = 64 * 1024 * 1024;
/** Maps are large and each place is asked for once: only the last ones are kept. */
const keptMaps = 20;
const mappings = new Map<string, Mapping | undefined>();

/**
 * The source of a place in a file that Node runs (a path or a `file:` URL): by the map that Node holds, when
 * it runs with `--enable-source-maps`, else by the one that the file names or that lies beside it. Without a
 * map it is the place itself, or, for TypeScript that something compiled on the way in, the path alone.
 */
export function sourceOf(
  script: string,
  line: number,
  column: number,
): Position | { readonly path: string } {
  const path = pathOf(script);
  const mapping = mappingOf(script, path);
  if (mapping === undefined) return runsAsWritten(path) ? { path, line, column } : { path };
  const entry = mapping.map.findEntry(line - 1, column - 1);
  if (!('originalSource' in entry)) return { path };
  const { originalSource, originalLine, originalColumn } = entry as Partial<typeof entry>;
  if (originalSource === undefined || originalLine === undefined || originalColumn === undefined)
    return { path };
  return {
    path: sourcePath(originalSource, mapping),
    line: originalLine + 1,
    column: originalColumn + 1,
  };
}

export const pathOf = (script: string): string =>
  script.startsWith('file:') ? fileURLToPath(script) : script;

/** Node strips types in place; ts-node and its like make new lines and tell only themselves how. */
const runsAsWritten = (path: string) =>
  !/\.[cm]?tsx?$/.test(path) || process.features.typescript === 'strip';

function mappingOf(script: string, path: string): Mapping | undefined {
  if (mappings.has(path)) return mappings.get(path);
  const held = findSourceMap(script) ?? findSourceMap(pathToFileURL(path).href);
  const mapping = held === undefined ? readMapping(path) : { map: held, base: undefined };
  const [oldest] = mappings.keys();
  if (mappings.size >= keptMaps && oldest !== undefined) mappings.delete(oldest);
  mappings.set(path, mapping);
  return mapping;
}

function readMapping(path: string): Mapping | undefined {
  try {
    const named = /\/\/[#@]\s*sourceMappingURL=(\S+)\s*$/.exec(
      readText(path).slice(-maxInline),
    )?.[1];
    const inline = /^data:application\/json[^,]*?(;base64)?,(.*)$/.exec(named ?? '');
    const base = new URL(inline ? '' : (named ?? `${path}.map`), pathToFileURL(path));
    const text = inline
      ? Buffer.from(decodeURIComponent(inline[2] ?? ''), inline[1] ? 'base64' : 'utf8').toString()
      : readText(fileURLToPath(base));
    return { map: new SourceMap(JSON.parse(text) as SourceMap['payload']), base };
  } catch {
    return undefined;
  }
}
const maxInline = 16 * 1024 * 1024;

function readText(path: string): string {
  const { size } = statSync(path);
  if (size > maxFileBytes) throw new RangeError(`${path} has ${String(size)} bytes`);
  return readFileSync(path, 'utf8');
}

/** Bundlers name sources by schemes of their own: what follows the scheme is the path in the project. */
function sourcePath(source: string, { map, base }: Mapping): string {
  const root =
    base === undefined ? '' : ((map.payload as { sourceRoot?: string }).sourceRoot ?? '');
  const whole =
    root === '' || /^\w+:/.test(source) ? source : `${root.replace(/\/?$/, '/')}${source}`;
  const url = new URL(whole, base ?? 'file:///');
  return url.protocol === 'file:'
    ? fileURLToPath(url)
    : whole.replace(/^[\w-]+:\/+(?:[^/]*\/\.\/)?/, '');
}
