import { message } from '../core/base/message.ts';
import { SourceError } from '../core/base/sourceError.ts';
import type { TimeWindow } from '../core/base/timeWindow.ts';
import { kindsByOperation } from '../core/explain/requestKinds.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type { EngineParts } from './engineParts.ts';
import { mappedTraces } from './mappedTraces.ts';
import type { EngineMethods, SampledRequests } from './methods.ts';
import { rehearseOpening } from './rehearseOpening.ts';

type FiguresMethods = Pick<
  EngineMethods,
  'endpoints' | 'handlersIn' | 'callSitesIn' | 'exceptionsIn' | 'sampleCallSites' | 'tracesOf'
>;

/** What many requests together say of the code. */
export function figuresMethods(parts: EngineParts): Handlers<FiguresMethods> {
  const { sources, correlation } = parts;
  return {
    endpoints: async ({ window, refresh }, signal) => {
      const answer = await sources.figures.read(window, refresh, signal);
      correlation.setFigures(answer, sources.source.label);
      const { basis, sampledTraces, complete, reason, overloaded = false, restMs = 0 } = answer;
      const { dropped, droppedCount } = answer;
      const bounds = { basis, sampledTraces, complete, reason, dropped, droppedCount };
      const rows = correlation.endpoints();
      const readMs = sources.figures.lastMs;
      return { rows, window: answer.window, ...bounds, overloaded, readMs, restMs };
    },
    handlersIn: ({ path }) => correlation.handlersIn(path),
    callSitesIn: ({ path }) => correlation.callSitesIn(path),
    exceptionsIn: ({ path }) => correlation.exceptionsIn(path),
    sampleCallSites: (params, signal) => sampleCallSites(parts, params, signal),
    tracesOf: ({ endpointId, window, limit }, signal) => {
      const operations = correlation.selectorsOf(endpointId);
      const first = operations[0];
      if (!first) throw new SourceError('notFound', message('No requests of this handler yet.'));
      const anyOperation = { operation: undefined, minDuration: undefined, errorsOnly: false };
      return sources.source.search(
        { ...anyOperation, service: first.service, window, limit, operations, order: 'slowest' },
        signal,
      );
    },
  };
}

/** Slowest traces read besides the newest, so that rare slow requests speak for their call sites too. */
const slowestTraces = 20;

/** Reads and maps whole traces, in place of those of before. */
export async function sampleCallSites(
  parts: EngineParts,
  { window, traces }: { window: TimeWindow; traces: number },
  signal: AbortSignal,
): Promise<SampledRequests> {
  const { sources, correlation, seenPaths, log } = parts;
  // A source whose figures are counted from traces has read them already, the slowest among them.
  const answer = sources.source.capabilities.completeFigures
    ? undefined
    : await sources.figures.read(window, false, signal);
  const sample: Sample = answer?.traces
    ? { traces: answer.traces, isWhole: answer.basis === 'complete' }
    : await readTraces(parts, window, traces, signal);
  for (const spans of sample.traces) seenPaths.add(spans);
  const evidence = correlation.evidenceWith(sample.traces);
  const mapped = await mappedTraces(sample.traces, correlation, signal, evidence);
  const basis = { sampledTraces: sample.traces.length, isWhole: sample.isWhole };
  if (!correlation.hasSample)
    rehearseOpening(mapped).catch((error: unknown) => {
      log.warn(`Failed to rehearse opening a trace: ${String(error)}`);
    });
  const exceptions = correlation.setSample(mapped, evidence, basis);
  return { ...basis, ...exceptions, kinds: kindsByOperation(mapped.map(({ trace }) => trace)) };
}

interface Sample {
  readonly traces: readonly (readonly RawSpan[])[];
  /** The window has no others. */
  readonly isWhole: boolean;
}

/** The newest traces of a window and the slowest ones that its figures name. */
async function readTraces(
  { sources, correlation, log }: EngineParts,
  window: TimeWindow,
  limit: number,
  signal: AbortSignal,
): Promise<Sample> {
  const source = sources.source;
  const query = { service: undefined, operation: undefined, minDuration: undefined };
  const newest = await source.sample({ ...query, errorsOnly: false, window, limit }, signal);
  const sample = new Map(newest.traces.map((spans) => [spans[0]?.traceId ?? '', spans]));
  for (const traceId of correlation.slowestTraceIds(slowestTraces)) {
    if (sample.has(traceId)) continue;
    try {
      sample.set(traceId, (await source.trace(traceId, signal)).spans);
    } catch (error) {
      signal.throwIfAborted();
      log.warn(`Left trace ${traceId} out of the sample: ${String(error)}`);
    }
  }
  const isWhole = newest.complete && newest.traces.length < limit;
  return { traces: [...sample.values()], isWhole };
}
