import { formatCount } from '../../core/base/format.ts';
import { message } from '../../core/base/message.ts';
import type {
  Bounded,
  DroppedSpans,
  TraceQuery,
  TraceSource,
  TraceSummary,
} from '../../core/ports.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { DroppedSpanList, noneDropped } from '../droppedSpanList.ts';
import { inParallel } from './inParallel.ts';
import { matchTrace } from './matchTrace.ts';
import { mostServices, tooManyServices } from './servicesAsked.ts';
import { soughtService } from './soughtService.ts';

/** Of a source that can't sort by duration so many of the newest traces are looked at, or as many as are wanted. */
const newestLookedAt = 200;
const servicesAtOnce = 4;

/**
 * The source for callers that ask anything: what its capabilities leave out is made up for as far as that goes, and an
 * answer that isn't all of what was asked for says so. Where it can't sort by duration, the slowest of the newest
 * traces stand for the slowest; where it can't search every service, each is asked.
 */
export function withFallbacks(source: TraceSource): TraceSource {
  return {
    get label() {
      return source.label;
    },
    get capabilities() {
      return source.capabilities;
    },
    services: (signal) => source.services(signal),
    operations: (service, signal) => source.operations(service, signal),
    search: (query, signal) =>
      find(source, query, signal, { ...summaries, ask: (one, each) => source.search(one, each) }),
    sample: (query, signal) =>
      find(source, query, signal, { ...wholeTraces, ask: (one, each) => source.sample(one, each) }),
    trace: (traceId, signal) => source.trace(traceId, signal),
    figures: (window, signal) => source.figures(window, signal),
    dispose: () => source.dispose(),
  };
}

interface Answer<Found> extends Bounded, DroppedSpans {
  readonly traces: readonly Found[];
}

/** A way to ask for traces, and what is known of each that comes. */
interface Search<Found> {
  readonly ask: (
    query: TraceQuery,
    signal: AbortSignal,
  ) => Promise<Bounded & Partial<DroppedSpans> & { readonly traces: readonly Found[] }>;
  readonly idOf: (found: Found) => string;
  readonly startOf: (found: Found) => number;
  /** µs: of the span that was asked for, else of the trace. */
  readonly slownessOf: (found: Found, query: TraceQuery) => number;
}

const summaries: Omit<Search<TraceSummary>, 'ask'> = {
  idOf: ({ traceId }) => traceId,
  startOf: ({ start }) => start,
  slownessOf: ({ matched, duration }) => matched ?? duration,
};

const wholeTraces: Omit<Search<readonly RawSpan[]>, 'ask'> = {
  idOf: ([first]) => first?.traceId ?? '',
  startOf: (spans) => spans.reduce((start, span) => Math.min(start, span.start), Infinity),
  slownessOf: (spans, query) => matchTrace(spans, query) ?? 0,
};

async function find<Found>(
  source: TraceSource,
  query: TraceQuery,
  signal: AbortSignal,
  search: Search<Found>,
): Promise<Answer<Found>> {
  if (query.order !== 'slowest' || source.capabilities.searchSlowest)
    return findInServices(source, query, signal, search);
  const limit = Math.max(query.limit, newestLookedAt);
  const newest = await findInServices(source, { ...query, order: 'newest', limit }, signal, search);
  const traces = inOrder(newest.traces, query, search);
  if (newest.traces.length < limit) return { ...newest, traces };
  const reasons = [newest.reason, slowestOfNewest(newest.traces.length)];
  return { ...newest, traces, complete: false, reason: sentences(reasons) };
}

/** One question where the source takes it, else one for each service. */
async function findInServices<Found>(
  source: TraceSource,
  query: TraceQuery,
  signal: AbortSignal,
  search: Search<Found>,
): Promise<Answer<Found>> {
  const isOfSome = soughtService(query) !== undefined || query.operations !== undefined;
  if (isOfSome || source.capabilities.searchAllServices)
    return { ...noneDropped, ...(await search.ask(query, signal)) };
  const services = await source.services(signal);
  const asked = services.slice(0, mostServices);
  const answers = await inParallel(asked, servicesAtOnce, signal, (service, each) =>
    search.ask({ ...query, service }, each),
  );
  const dropped = new DroppedSpanList();
  for (const answer of answers) dropped.addAll({ ...noneDropped, ...answer }, (place) => place);
  const reasons = answers.map(({ reason }) => reason);
  if (asked.length < services.length) reasons.push(tooManyServices(services.length));
  const complete = answers.every((answer) => answer.complete) && asked.length === services.length;
  const found = answers.flatMap(({ traces }) => traces);
  const traces = inOrder(found, query, search);
  return { traces, ...dropped.all(), complete, reason: sentences(reasons) };
}

/** The first of them in the query's order, each trace once. */
function inOrder<Found>(
  found: readonly Found[],
  query: TraceQuery,
  { idOf, startOf, slownessOf }: Search<Found>,
): readonly Found[] {
  const byStart = (a: Found, b: Found) => startOf(b) - startOf(a) || (idOf(a) < idOf(b) ? -1 : 1);
  const bySlowness = (a: Found, b: Found) =>
    slownessOf(b, query) - slownessOf(a, query) || byStart(a, b);
  const unique = new Map(
    found
      .toSorted(bySlowness)
      .toReversed()
      .map((one) => [idOf(one), one]),
  );
  return [...unique.values()]
    .sort(query.order === 'slowest' ? bySlowness : byStart)
    .slice(0, query.limit);
}

const sentences = (reasons: readonly string[]): string =>
  [...new Set(reasons)].filter((reason) => reason !== '').join(' ');

const slowestOfNewest = (looked: number): string =>
  message(
    "This trace source can't sort by duration. Showing the slowest of the latest {0} traces.",
    formatCount(looked),
  );
