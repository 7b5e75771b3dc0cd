import { setImmediate } from 'node:timers/promises';
import { message } from '../core/base/message.ts';
import { formatCount } from '../core/base/format.ts';
import { fromSeconds, later } from '../core/base/units.ts';
import { ReportTally } from '../core/correlate/report/reportTally.ts';
import type { TraceSource } from '../core/ports.ts';
import type { Evidence } from '../core/matching/evidence.ts';
import { buildTrace } from '../core/trace/build.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type { EngineParts } from './engineParts.ts';
import type { EngineMethods, MappingReportAnswer } from './methods.ts';
import { newestTraces } from './newestTraces.ts';
import { withEvidence } from './withEvidence.ts';

type ReportMethods = Pick<EngineMethods, 'mappingReport'>;
type ReportParams = Parameters<EngineMethods['mappingReport']>[0];

/** How well the spans of many traces map. */
export function reportMethods(parts: EngineParts): Handlers<ReportMethods> {
  return { mappingReport: (params, signal) => mappingReport(parts, params, signal) };
}

const mostSpans = 1_000_000;

/** The first traces tell where the folders of services are: they are read before any is mapped. */
const mostTelling = 100;

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
  const tally = new ReportTally(service);
  const total = await countTraces(source, params, signal);
  const { reasons, evidence } = await readTraces(tally, parts, params, total, signal);
  for (const { handler, figures: requests } of correlation.endpointsBy(evidence)) {
    if (handler && requests) tally.addHits([handler.id]);
  }
  const report = tally.report(correlation.index, correlation.folders(evidence));
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

/** Adds trace after trace; other requests are answered in between. `reasons`: why it isn't all of them. */
async function readTraces(
  tally: ReportTally,
  { sources, correlation, seenPaths, clock, emit }: EngineParts,
  params: ReportParams,
  total: number | undefined,
  signal: AbortSignal,
): Promise<{ readonly reasons: readonly string[]; readonly evidence: Evidence }> {
  const reasons = new Set<string>();
  const because = (reason: string) => void reasons.add(reason);
  const latest = later(clock.now(), fromSeconds(params.seconds));
  const wanted = Math.min(params.traces, total ?? params.traces);
  const learn = (first: readonly (readonly RawSpan[])[]) => {
    for (const raw of first) seenPaths.add(raw);
    return correlation.evidenceWith(first);
  };
  let evidence = correlation.evidence;
  let traces = 0;
  let spans = 0;
  const newest = newestTraces(sources.source, params, because, signal);
  for await (const { raw, told } of withEvidence(newest, Math.min(wanted, mostTelling), learn)) {
    evidence = told;
    const isLate = clock.now() > latest;
    if (traces >= params.traces || spans >= mostSpans || isLate) {
      because(stoppedAt(traces, isLate));
      break;
    }
    const { trace } = buildTrace(raw);
    tally.add(trace, correlation.match(trace, evidence), correlation.index);
    traces += 1;
    spans += raw.length;
    if (traces % 20 === 0) emit('reportProgress', { traces, total: wanted });
    await setImmediate();
    signal.throwIfAborted();
  }
  return { reasons: [...reasons], evidence };
}

const stoppedAt = (traces: number, isLate: boolean): string =>
  isLate
    ? message(
        'Based on the latest {0} traces; reading the rest took too long.',
        formatCount(traces),
      )
    : message('Based on the latest {0} traces.', formatCount(traces));
