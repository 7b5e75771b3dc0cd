import { message } from '../core/base/message.ts';
import { SourceError } from '../core/base/sourceError.ts';
import type { TimeWindow } from '../core/base/timeWindow.ts';
import { microseconds } from '../core/base/units.ts';
import type { EndpointRow } from '../core/correlate/endpoints/endpoints.ts';
import { CostTreeBuilder } from '../core/explain/costTree.ts';
import { differences } from '../core/explain/differences.ts';
import { explain } from '../core/explain/explanation.ts';
import { loopsOf } from '../core/explain/loops.ts';
import { requestRows } from '../core/explain/requestRows.ts';
import { slowFrom } from '../core/explain/slowFrom.ts';
import { withinDepth } from '../core/explain/withinDepth.ts';
import type { SampleAnswer, TraceQuery } from '../core/ports.ts';
import { mainRoot } from '../core/trace/mainRoot.ts';
import type { Handlers } from '../protocol/rpc.ts';
import { askedEndpoint, endpointTitle } from './askedEndpoint.ts';
import type { EngineParts } from './engineParts.ts';
import { mappedTraces } from './mappedTraces.ts';
import type { EngineMethods, ExplainAnswer } from './methods.ts';
import { readTrace } from './readTrace.ts';

type ExplainMethods = Pick<EngineMethods, 'explain'>;

/** Traces read for one endpoint: its slowest, and its newest, which are the usual ones. */
const slowestTraces = 20;
const newestTraces = 80;

/** Where the time of an endpoint's requests, or of one trace, goes. */
export function explainMethods(parts: EngineParts): Handlers<ExplainMethods> {
  return {
    explain: ({ about, window }, signal) =>
      'traceId' in about
        ? explainTrace(parts, about.traceId, window, signal)
        : explainEndpoint(parts, about, window, signal),
  };
}

async function explainTrace(
  parts: EngineParts,
  traceId: string,
  window: TimeWindow,
  signal: AbortSignal,
): Promise<ExplainAnswer> {
  const { correlation, seenPaths } = parts;
  const { spans, complete, reason } = await readTrace(parts, traceId, signal);
  seenPaths.add(spans);
  const mapped = await mappedTraces([spans], correlation, signal);
  const tree = new CostTreeBuilder();
  for (const one of mapped) tree.add(one, mainRoot(one.trace.columns));
  const explanation = explain(tree, {
    slowFrom: microseconds(0),
    loops: loopsOf(correlation.index),
  });
  if (explanation === undefined)
    throw new SourceError('notFound', message('This trace has no spans.'));
  return {
    title: explanation.root.symbol,
    endpoint: undefined,
    window,
    explanation: { ...explanation, root: withinDepth(explanation.root) },
    differences: [],
    complete,
    reason,
  };
}

async function explainEndpoint(
  parts: EngineParts,
  about: { readonly endpointId: string } | { readonly asked: string },
  window: TimeWindow,
  signal: AbortSignal,
): Promise<ExplainAnswer> {
  const { sources, correlation, seenPaths } = parts;
  const figures = await sources.figures.read(window, false, signal);
  correlation.setFigures(figures, sources.source.label);
  const endpoint = endpointOf(about, correlation.endpoints());
  const { traces, complete, reason } = await readTraces(parts, endpoint, window, signal);
  for (const spans of traces) seenPaths.add(spans);
  const tree = new CostTreeBuilder();
  for (const mapped of await mappedTraces(traces, correlation, signal)) {
    for (const row of requestRows(mapped, endpoint.keys)) tree.add(mapped, row);
  }
  const slow = slowFrom(tree.durations);
  const explanation = explain(tree, {
    slowFrom: slow,
    loops: loopsOf(correlation.index),
  });
  if (explanation === undefined) throw noRequests();
  return {
    title: endpointTitle(endpoint),
    endpoint,
    window,
    explanation: { ...explanation, root: withinDepth(explanation.root) },
    differences: differences(tree, explanation.root, slow),
    complete,
    reason,
  };
}

function endpointOf(
  about: { readonly endpointId: string } | { readonly asked: string },
  rows: readonly EndpointRow[],
): EndpointRow {
  const endpoint =
    'asked' in about
      ? askedEndpoint(about.asked, rows)
      : rows.find(({ id }) => id === about.endpointId);
  if (endpoint === undefined || endpoint.keys.length === 0) throw noRequests();
  return endpoint;
}

const noRequests = () => new SourceError('notFound', message('No requests of this handler yet.'));

/** Whole traces, the slowest and the newest, each once. */
async function readTraces(
  { sources }: EngineParts,
  { keys: operations }: EndpointRow,
  window: TimeWindow,
  signal: AbortSignal,
): Promise<SampleAnswer> {
  const query: TraceQuery = {
    service: operations[0]?.service,
    operation: undefined,
    minDuration: undefined,
    errorsOnly: false,
    window,
    operations,
    limit: newestTraces,
  };
  const newest = await sources.source.sample(query, signal);
  const slowest = await sources.source.sample(
    { ...query, limit: slowestTraces, order: 'slowest' },
    signal,
  );
  const traces = new Map(
    [...newest.traces, ...slowest.traces].map((spans) => [spans[0]?.traceId, spans]),
  );
  const { complete, reason } = newest.complete ? slowest : newest;
  return { traces: [...traces.values()], complete, reason };
}
