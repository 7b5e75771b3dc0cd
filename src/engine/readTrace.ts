import { isSourceError } from '../core/base/sourceError.ts';
import { fileTraceKey, fileTraceOf } from '../core/trace/fileTrace.ts';
import type { EngineParts } from './engineParts.ts';
import type { ReadTrace } from './keptTraces.ts';

type Places = Pick<EngineParts, 'sources' | 'files'>;

/**
 * Reads a trace from where it is: the source in use, or a file that the user opened.
 * @param traceId as `fileTraceKey` writes it, or an id
 * @throws SourceError
 */
export async function readTrace(
  { sources, files }: Places,
  traceId: string,
  signal: AbortSignal,
): Promise<ReadTrace> {
  const inFile = fileTraceOf(traceId);
  return inFile ? files.trace(inFile, signal) : sources.source.trace(traceId, signal);
}

/**
 * Where a link of the trace `from` leads: to a trace of the same file where it has that one, else of the source; there too
 * where the file was moved or deleted since it was opened.
 */
export async function linkedTraceKey(
  { files }: Places,
  from: string,
  traceId: string,
  signal: AbortSignal,
): Promise<string> {
  const path = fileTraceOf(from)?.path;
  if (path === undefined) return traceId;
  const isThere = await files.has({ path, traceId }, signal).catch((error: unknown) => {
    if (!isSourceError(error) || error.code !== 'notFound') throw error;
    return false;
  });
  return isThere ? fileTraceKey(path, traceId) : traceId;
}
