import { readFile, stat } from 'node:fs/promises';
import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import type { DroppedSpan } from '../../core/ports.ts';
import { distinctSpans } from '../../core/trace/distinctSpans.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { readTraceText } from './readTraceText.ts';

/** What a file of traces holds. */
export interface TraceFile {
  /** Spans in the order of the file, each once, by trace id. */
  readonly traces: ReadonlyMap<string, readonly RawSpan[]>;
  /** At most a hundred; `droppedCount` counts all. */
  readonly dropped: readonly DroppedSpan[];
  readonly droppedCount: number;
  /** Why it isn't all, as a sentence; empty when it is. */
  readonly reason: string;
}

/** A file is one string while it is parsed: V8's longest is 512 MB. */
const mostBytes = 400_000_000;

/** A file of traces, read when asked for and again when it has changed. */
export function openTraceFile(path: string): {
  /** @throws SourceError `notFound`, `rejected`, `tooLarge`, `unsupported` or `malformed` */
  read(signal: AbortSignal): Promise<TraceFile>;
  forget(): void;
} {
  let kept: { readonly version: string; readonly file: Promise<TraceFile> } | undefined;
  return {
    read: async (signal) => {
      signal.throwIfAborted();
      const version = await versionOf(path);
      if (kept?.version !== version) kept = { version, file: readWhole(path) };
      const file = await kept.file;
      signal.throwIfAborted();
      return file;
    },
    forget: () => {
      kept = undefined;
    },
  };
}

/** Changes when the file does. */
async function versionOf(path: string): Promise<string> {
  const { mtimeMs, size } = await inWords(path, stat(path));
  if (size > mostBytes)
    throw new SourceError(
      'tooLarge',
      message('{0} is larger than {1} MB. Cut it into smaller files.', path, mostBytes / 1e6),
    );
  return `${String(mtimeMs)} ${String(size)}`;
}

async function readWhole(path: string): Promise<TraceFile> {
  const text = decoded(await inWords(path, readFile(path)));
  const { spans, dropped, droppedCount } = readTraceText(text, path);
  const reason =
    droppedCount === 0
      ? ''
      : message(
          "{0} parts of {1} couldn't be read, the first at {2}: {3}",
          droppedCount,
          path,
          dropped[0]?.position ?? '',
          dropped[0]?.reason ?? '',
        );
  const traces = new Map<string, readonly RawSpan[]>();
  for (const [id, ofTrace] of Map.groupBy(spans, ({ traceId }) => traceId))
    traces.set(id, distinctSpans(ofTrace));
  return { traces, dropped, droppedCount, reason };
}

/** Without the mark that Windows' tools put first; PowerShell's `>` writes UTF-16. */
function decoded(bytes: Buffer): string {
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? 'utf-16le' : 'utf-8').decode(bytes);
}

async function inWords<T>(path: string, reading: Promise<T>): Promise<T> {
  try {
    return await reading;
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    throw code === 'ENOENT'
      ? new SourceError('notFound', message('There is no file {0}. Check the path.', path), code)
      : new SourceError(
          'rejected',
          message("{0} can't be read as a file ({1}).", path, code),
          code,
        );
  }
}
