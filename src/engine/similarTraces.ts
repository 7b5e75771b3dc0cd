import type { TimeWindow } from '../core/base/timeWindow.ts';
import { operationKeyOf, operationName } from '../core/matching/operations/operationKey.ts';
import type { OperationKey } from '../core/matching/operations/operationKinds.ts';
import type { SearchAnswer, TraceQuery, TraceSummary } from '../core/ports.ts';
import { fileTraceOf } from '../core/trace/fileTrace.ts';
import { mainRoot } from '../core/trace/mainRoot.ts';
import { spreadTraces } from '../core/trace/compare/spreadTraces.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';
import type { EngineParts } from './engineParts.ts';
import { keptTrace } from './keptTraces.ts';
import type { SimilarTraces } from './methods.ts';

/** Traces looked at: the newest, which are the usual ones, and the slowest. */
const newestTraces = 60;
const slowestTraces = 10;

/** Fast, typical and slow traces of what a kept trace answers: of the same route, handler or message; of a file, in the file. */
export async function similarTraces(
  { traces, sources, files }: EngineParts,
  traceId: string,
  window: TimeWindow,
  signal: AbortSignal,
): Promise<SimilarTraces> {
  const { trace } = keptTrace(traces, traceId).built;
  const path = fileTraceOf(traceId)?.path;
  if (path !== undefined) {
    const found = await files.list(path, signal);
    const [first] = found.traces.filter((one) => one.traceId === trace.traceId);
    const alike = found.traces.filter(
      ({ rootOperation }) => rootOperation === first?.rootOperation,
    );
    return spread(first?.rootOperation ?? '', alike, trace.traceId);
  }
  const key = entryOf(trace.spans.slice(mainRoot(trace.columns))) ?? entryOf(trace.spans);
  if (!key) return { title: '', traces: [] };
  const query: TraceQuery = {
    service: key.service,
    operation: undefined,
    minDuration: undefined,
    errorsOnly: false,
    window,
    operations: [key],
    limit: newestTraces,
  };
  const slowest = { ...query, limit: slowestTraces, order: 'slowest' } as const;
  const answers: SearchAnswer[] = [
    await sources.source.search(query, signal),
    await sources.source.search(slowest, signal),
  ];
  return spread(
    operationName(key),
    answers.flatMap(({ traces: found }) => found),
    trace.traceId,
  );
}

/** What the request asked for: the proxy in front of a service is asked for everything. */
function entryOf(spans: readonly RawSpan[]): OperationKey | undefined {
  let proxy: OperationKey | undefined;
  for (const span of spans) {
    const key = operationKeyOf(span);
    if (key && key.kind !== 'proxy') return key;
    proxy ??= key;
  }
  return proxy;
}

function spread(title: string, found: readonly TraceSummary[], self: string): SimilarTraces {
  const others = new Map(found.map((summary) => [summary.traceId, summary]));
  others.delete(self);
  const traces = spreadTraces([...others.values()], ({ matched, duration }) => matched ?? duration);
  return { title, traces: traces.map(({ pace, trace }) => ({ pace, summary: trace })) };
}
