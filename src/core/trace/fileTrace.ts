/** A trace file is one string while it is parsed: V8's longest is 512 MB. */
export const mostFileBytes = 400_000_000;

/** A trace of a file, as the engine's methods are given it in place of a trace id. */
export interface FileTrace {
  /** Absolute. */
  readonly path: string;
  /** The one wanted; undefined: the slowest. */
  readonly traceId: string | undefined;
}

/** What stands in place of a trace id: the id, if one is wanted, `@`, and the path. No trace id has an `@`. */
export const fileTraceKey = (path: string, traceId = ''): string => `${traceId}@${path}`;

/** What `fileTraceKey` wrote; undefined: a trace of the source in use. */
export function fileTraceOf(key: string): FileTrace | undefined {
  const at = key.indexOf('@');
  if (at < 0) return undefined;
  return { path: key.slice(at + 1), traceId: at === 0 ? undefined : key.slice(0, at) };
}

/** Names a trace in a few letters: the first ones of its id, or the name of its file. */
export function shortTraceName(key: string): string {
  const path = fileTraceOf(key)?.path;
  return path === undefined ? key.slice(0, 8) : path.slice(path.search(/[^/\\]*$/));
}
