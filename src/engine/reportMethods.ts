import { setImmediate } from 'node:timers/promises';
import { message } from '../core/base/message.ts';
import { formatCount } from '../core/base/format.ts';
import { fromSeconds, later } from '../core/base/units.ts';
import { ReportTally } from '../core/correlate/report/reportTally.ts';
import type { TraceSource } from '../core/ports.ts';
import { buildTrace } from '../core/trace/build.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type { EngineParts } from './engineParts.ts';
import type { EngineMethods, MappingReportAnswer } from './methods.ts';
import { newestTraces } from './newestTraces.ts';

type ReportMethods = Pick<EngineMethods, 'mappingReport'>;
type ReportParams = Parameters<EngineMethods['mappingReport']>[0];

/** How well the spans of many traces map. */
export function reportMethods(parts: EngineParts): Handlers<ReportMethods> {
  return { mappingReport: (params, signal) => mappingReport(parts, params, signal) };
}

const mostSpans = 1_000_000;

/** Traces read before the counted ones; as many of those teach where the folders of services are. */
const seenBefore = 100;

/** Traces are counted up to here. */
const mostCounted = 5_000;

async function mappingReport(
  parts: EngineParts,
  params: ReportParams,
  signal: AbortSignal,
): Promise<MappingReportAnswer> {
  const { sources, correlation, clock } = parts;
  const { source, figures } = sources;
  const { window, service } = params;
  correlation.seeServices(await source.services(signal));
  // What a service answers tells its folder, and which handlers ran at all.
  const known = await figures.read(window, false, signal);
  correlation.setFigures(known, source.label);
  await seeSome(parts, window, signal);
  const tally = new ReportTally(service);
  const total = await countTraces(source, params, signal);
  const reasons = await readTraces(tally, parts, params, total, signal);
  for (const { handler, figures: requests } of correlation.endpoints()) {
    if (handler && requests) tally.addHits([handler.id]);
  }
  const report = tally.report(correlation.index, correlation.folders());
  return {
    report,
    basis: {
      source: source.label,
      window,
      service,
      traces: reasons.length === 0 ? report.traces : total,
      countsEveryRequest: known.basis === 'complete' && known.complete,
      complete: reasons.length === 0,
      reason: reasons.join(' '),
      readAt: clock.now(),
    },
  };
}

/** Where spans name no routes, only the paths in traces tell the folder of a service: they are read before any is counted. */
async function seeSome(
  { sources, correlation }: EngineParts,
  window: ReportParams['window'],
  signal: AbortSignal,
): Promise<void> {
  if ([...correlation.folders().values()].every(({ project }) => project)) return;
  const any = { service: undefined, operation: undefined, minDuration: undefined };
  const query = { ...any, errorsOnly: false, window, limit: seenBefore };
  const { traces } = await sources.source.sample(query, signal);
  for (const spans of traces) correlation.see(spans);
}

/** Undefined where it isn't known, and finding out would read them. */
async function countTraces(
  source: TraceSource,
  { window, service }: ReportParams,
  signal: AbortSignal,
): Promise<number | undefined> {
  if (source.capabilities.listsCheaply !== true) return undefined;
  const any = { operation: undefined, minDuration: undefined, errorsOnly: false };
  const query = { ...any, service, window, limit: mostCounted };
  const { traces } = await source.search(query, signal);
  return traces.length < mostCounted ? traces.length : undefined;
}

/** Adds trace after trace; other requests are answered in between. Answers why it isn't all of them. */
async function readTraces(
  tally: ReportTally,
  { sources, correlation, seenPaths, clock, emit }: EngineParts,
  params: ReportParams,
  total: number | undefined,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const reasons = new Set<string>();
  const because = (reason: string) => void reasons.add(reason);
  const latest = later(clock.now(), fromSeconds(params.seconds));
  const wanted = Math.min(params.traces, total ?? params.traces);
  let traces = 0;
  let spans = 0;
  for await (const raw of newestTraces(sources.source, params, because, signal)) {
    const isLate = clock.now() > latest;
    if (traces >= params.traces || spans >= mostSpans || isLate) {
      because(stoppedAt(traces, isLate));
      break;
    }
    const { trace } = buildTrace(raw);
    if (traces < seenBefore) seenPaths.add(raw);
    tally.add(trace, correlation.match(trace), correlation.index);
    traces += 1;
    spans += raw.length;
    if (traces % 20 === 0) emit('reportProgress', { traces, total: wanted });
    await setImmediate();
    signal.throwIfAborted();
  }
  return [...reasons];
}

const stoppedAt = (traces: number, isLate: boolean): string =>
  isLate
    ? message(
        'Based on the latest {0} traces; reading the rest took too long.',
        formatCount(traces),
      )
    : message('Based on the latest {0} traces.', formatCount(traces));
