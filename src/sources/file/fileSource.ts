import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import { countUnended, figuresFromTraces } from '../../core/correlate/figures/figuresFromTraces.ts';
import type {
  Bounded,
  Clock,
  DroppedSpans,
  Operation,
  TraceQuery,
  TraceSource,
} from '../../core/ports.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { findInTrace, firstFound, type FoundTrace } from '../search/foundTrace.ts';
import { readTraceId } from '../search/traceId.ts';
import { openTraceFile, type TraceFile } from './traceFile.ts';

export interface FileOptions {
  /** Of any of the kinds that `readTraceText` and `readTraceBinary` name; it may be packed with gzip. */
  readonly path: string;
  readonly clock: Clock;
}

/**
 * The traces of one file, held in memory. Nothing is read until a method is called; a file that has
 * changed since, as the Collector's does while it writes, is read again.
 */
export function openFileSource({ path, clock }: FileOptions): TraceSource {
  const file = openTraceFile(path);
  const spansIn = async (signal: AbortSignal) => spansOf(await file.read(signal));
  const find = async (query: TraceQuery, signal: AbortSignal) => {
    const read = await file.read(signal);
    const found = [...read.traces.values()].flatMap((spans) => findInTrace(spans, query) ?? []);
    return { found: firstFound(found, query), ...boundsOf(read) };
  };
  return {
    label: message('file {0}', path),
    capabilities: {
      completeFigures: true,
      searchAllServices: true,
      searchSlowest: true,
      listsCheaply: true,
      limitations: [],
    },
    services: async (signal) =>
      [...new Set((await spansIn(signal)).map(({ resource }) => resource.service))].sort(),
    operations: async (service, signal) => operationsOf(await spansIn(signal), service),
    search: async (query, signal) => {
      const { found, ...bounds } = await find(query, signal);
      return { traces: found.map(({ summary }) => summary), ...bounds };
    },
    sample: async (query, signal) => {
      const { found, ...bounds } = await find(query, signal);
      return { traces: found.map(({ spans }: FoundTrace) => spans), ...bounds };
    },
    trace: async (id, signal) => {
      const traceId = readTraceId(id);
      const read = await file.read(signal);
      const spans = read.traces.get(traceId);
      if (spans === undefined)
        throw new SourceError('notFound', message("Trace {1} isn't in {0}.", path, traceId));
      return { spans, ...boundsOf(read) };
    },
    figures: async (window, signal) => {
      const read = await file.read(signal);
      const reasons = [read.reason, unendedSentence(countUnended(read.traces.values(), window))];
      const reason = reasons.filter((text) => text !== '').join(' ');
      return {
        operations: figuresFromTraces(read.traces.values(), window),
        window,
        basis: reason === '' ? 'complete' : 'partial',
        sampledTraces: undefined,
        fetchedAt: clock.now(),
        ...boundsOf({ ...read, reason }),
      };
    },
    dispose: () => file.forget(),
  };
}

const unendedSentence = (count: number): string =>
  count === 0 ? '' : message('Not counted: spans of requests without an end time ({0}).', count);

const spansOf = ({ traces }: TraceFile): readonly RawSpan[] => [...traces.values()].flat();

function operationsOf(spans: readonly RawSpan[], service: string): readonly Operation[] {
  const operations = new Map<string, Operation>();
  for (const { name, kind, resource } of spans)
    if (resource.service === service)
      operations.set(JSON.stringify([name, kind]), {
        name,
        kind: kind === 'unspecified' ? '' : kind,
      });
  return [...operations.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

const boundsOf = ({ reason, dropped, droppedCount }: TraceFile): Bounded & DroppedSpans => ({
  complete: reason === '',
  reason,
  dropped,
  droppedCount,
});
