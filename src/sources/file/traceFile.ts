import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import type { DroppedSpans } from '../../core/ports.ts';
import { distinctSpans } from '../../core/trace/distinctSpans.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { droppedSentence } from '../droppedSentence.ts';
import { decodeText, isMisread } from './decodeText.ts';
import { fileBytes, fileVersion } from './fileBytes.ts';
import { FileContents } from './fileContents.ts';
import { readTraceBinary } from './readTraceBinary.ts';
import { readTraceText } from './readTraceText.ts';
import { refusedBytes, refusedText } from './refusal.ts';

/** What a file of traces holds. */
export interface TraceFile extends DroppedSpans {
  /** Spans in the order of the file, each once, by trace id. */
  readonly traces: ReadonlyMap<string, readonly RawSpan[]>;
  /** Why it isn't all, as a sentence; empty when it is. */
  readonly reason: string;
}

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
      const version = await fileVersion(path);
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

async function readWhole(path: string): Promise<TraceFile> {
  const { bytes, isCut } = await fileBytes(path);
  const contents = new FileContents();
  const refusal = readInto(contents, bytes, path);
  contents.part = message('the end');
  if (isCut) contents.lose('', message('the compressed data is truncated or damaged'));
  if (!contents.holdsTraces) throw isCut ? damaged(path) : refusal;
  const dropped = contents.dropped();
  const traces = new Map<string, readonly RawSpan[]>();
  for (const [id, ofTrace] of Map.groupBy(contents.spans, ({ traceId }) => traceId))
    traces.set(id, distinctSpans(ofTrace));
  return { traces, ...dropped, reason: droppedSentence(dropped, path) };
}

/** @returns the refusal that holds when nothing in it is of traces */
function readInto(contents: FileContents, bytes: Buffer, path: string): SourceError {
  const text = decodeText(bytes);
  if (text !== undefined) {
    const nature = readTraceText(text, contents);
    contents.part = '';
    if (text.includes('�') && isMisread(bytes))
      contents.lose('', message("some of its text isn't UTF-8 and is shown as �"));
    return refusedText(path, text, nature, contents);
  }
  readTraceBinary(bytes, contents);
  return refusedBytes(path, bytes);
}

const damaged = (path: string) =>
  new SourceError(
    'malformed',
    message('The compressed data in {0} is truncated or damaged.', path),
  );
