import { message } from '../core/base/message.ts';
import { SourceError } from '../core/base/sourceError.ts';
import type { SearchAnswer, TraceSummary } from '../core/ports.ts';
import type { FileTrace } from '../core/trace/fileTrace.ts';
import { openTraceFile, type TraceFile } from '../sources/file/traceFile.ts';
import { summarizeTrace } from '../sources/search/summarizeTrace.ts';
import type { ReadTrace } from './keptTraces.ts';

interface OpenFile {
  readonly file: ReturnType<typeof openTraceFile>;
  /** Spans that it holds in memory. */
  spans: number;
}

/** The trace files that the user opened, latest use last; the oldest are let go where they hold too many spans. */
export class TraceFiles {
  readonly #maxSpans: number;
  readonly #files = new Map<string, OpenFile>();

  /** @param maxSpans of all files together; the one used last is kept however big it is. */
  constructor(maxSpans = 500_000) {
    this.#maxSpans = maxSpans;
  }

  /**
   * The wanted trace; the slowest where the file doesn't have that one, as when it was written anew.
   * @throws SourceError as `openTraceFile`, and where the file has no trace, with why none could be read
   */
  async trace({ path, traceId }: FileTrace, signal: AbortSignal): Promise<ReadTrace> {
    const file = await this.#read(path, signal);
    const id = traceId !== undefined && file.traces.has(traceId) ? traceId : slowest(file);
    const spans = file.traces.get(id ?? '');
    if (!spans) throw nothingIn(path, file);
    return { spans, ...boundsOf(file), tracesInFile: file.traces.size };
  }

  /** Every trace of the file, the slowest first. */
  async list(path: string, signal: AbortSignal): Promise<SearchAnswer> {
    const file = await this.#read(path, signal);
    return { traces: slowestFirst(file), ...boundsOf(file) };
  }

  async has({ path, traceId }: FileTrace, signal: AbortSignal): Promise<boolean> {
    return (await this.#read(path, signal)).traces.has(traceId ?? '');
  }

  clear(): void {
    this.#files.clear();
  }

  async #read(path: string, signal: AbortSignal): Promise<TraceFile> {
    const open = this.#files.get(path) ?? { file: openTraceFile(path), spans: 0 };
    const read = await open.file.read(signal);
    open.spans = spansIn(read);
    this.#files.delete(path);
    this.#files.set(path, open);
    this.#letGo();
    return read;
  }

  #letGo(): void {
    let spans = 0;
    for (const [path, open] of [...this.#files].reverse()) {
      spans += open.spans;
      if (spans > this.#maxSpans && spans > open.spans) this.#files.delete(path);
    }
  }
}

const nothingIn = (path: string, { reason }: TraceFile): SourceError =>
  reason === ''
    ? new SourceError('notFound', message('{0} contains no traces.', path))
    : new SourceError('malformed', reason);

const spansIn = ({ traces }: TraceFile): number =>
  [...traces.values()].reduce((sum, spans) => sum + spans.length, 0);

const slowest = (file: TraceFile): string | undefined => slowestFirst(file)[0]?.traceId;

/** Ties by id, so that one file has one order. */
function slowestFirst({ traces }: TraceFile): readonly TraceSummary[] {
  const summaries = [...traces.values()].flatMap((spans) => summarizeTrace(spans, undefined) ?? []);
  return summaries.sort((a, b) => b.duration - a.duration || (a.traceId < b.traceId ? -1 : 1));
}

const boundsOf = ({ reason, dropped, droppedCount }: TraceFile) => ({
  complete: reason === '',
  reason,
  dropped,
  droppedCount,
});
