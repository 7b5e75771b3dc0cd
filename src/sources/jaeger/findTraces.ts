import { message } from '../../core/base/message.ts';
import { microseconds } from '../../core/base/units.ts';
import type { Bounded, DroppedSpans, OperationSelector, TraceQuery } from '../../core/ports.ts';
import { DroppedSpanList, noneDropped } from '../droppedSpanList.ts';
import { findInTrace, firstFound, type FoundTrace } from '../search/foundTrace.ts';
import { soughtService } from '../search/soughtService.ts';
import type { JaegerApi } from './api.ts';
import { askEach } from './askEach.ts';
import { askTraces, type AskedTraces } from './askTraces.ts';
import type { JaegerTraces } from './readTraces.ts';
import type { TracesQuestion } from './tracesQuestion.ts';

const mostServices = 50;
/** How often the slowest are looked for above those already found; see `slowestOf`. */
const narrowings = 5;
/** Traces asked for at once while looking for the slowest. */
const narrowingLimit = 100;

type TakenTraces = JaegerTraces & Pick<AskedTraces, 'reasons'>;

interface Found extends Bounded, DroppedSpans {
  readonly traces: readonly FoundTrace[];
}

/**
 * Finds whole traces, in the query's order. Jaeger asks for a service: without one, each service is
 * asked, and each with the query's own limit, so that the newest of all are among the answers. From when
 * `isLate` holds, no further service is asked.
 */
export async function findTraces(
  api: JaegerApi,
  query: TraceQuery,
  isLate: () => boolean,
  signal: AbortSignal,
): Promise<Found> {
  // Jaeger refuses such bounds.
  if (query.minDuration !== undefined && query.minDuration > (query.maxDuration ?? Infinity))
    return { traces: [], ...noneDropped, complete: true, reason: '' };
  const { targets, reason } = await targetsOf(api, query, signal);
  const reasons = new Set(reason === '' ? [] : [reason]);
  const dropped = new DroppedSpanList();
  let best: FoundTrace[] = [];
  const take = (answer: TakenTraces): FoundTrace[] => {
    const found = answer.traces.flatMap(({ spans }) => findInTrace(spans, query) ?? []);
    best = firstFound([...best, ...found], query);
    for (const one of answer.reasons) reasons.add(one);
    dropped.addAll(answer, (position) => position);
    return found;
  };
  const asked = await askEach(targets, isLate, signal, async (target, each) => {
    const question = { ...query, ...target };
    if (query.order === 'slowest') await takeSlowest(api, question, each, take);
    else take(await askTraces(api, question, each));
  });
  if (asked.failure) throw asked.failure;
  for (const one of asked.reasons) reasons.add(one);
  return {
    traces: best,
    ...dropped.all(),
    complete: reasons.size === 0,
    reason: [...reasons].join(' '),
  };
}

type Target = Pick<TracesQuestion, 'service' | 'operation'>;

async function targetsOf(
  api: JaegerApi,
  query: TraceQuery,
  signal: AbortSignal,
): Promise<{ targets: readonly Target[]; reason: string }> {
  if (query.operations) return { targets: selected(query.operations), reason: '' };
  const { operation } = query;
  const service = soughtService(query);
  if (service !== undefined) return { targets: [{ service, operation }], reason: '' };
  const services = await api.services(signal);
  return {
    targets: services.slice(0, mostServices).map((name) => ({ service: name, operation })),
    reason: services.length > mostServices ? tooManyServices(services.length) : '',
  };
}

/** One question for each service and operation name; Jaeger knows no routes or handlers. */
function selected(operations: readonly OperationSelector[]): readonly Target[] {
  const targets = operations.map(({ service, name }) => ({
    service,
    operation: name === '' ? undefined : name,
  }));
  return [...new Map(targets.map((target) => [JSON.stringify(target), target])).values()];
}

/**
 * Jaeger can't sort by duration, but it can leave out the fast: the slowest found so far are the floor
 * of the next question, until fewer than asked for come back and nothing slower is left.
 */
async function takeSlowest(
  api: JaegerApi,
  question: TracesQuestion,
  signal: AbortSignal,
  take: (answer: TakenTraces) => FoundTrace[],
): Promise<void> {
  const wanted = question.limit;
  const limit = Math.max(narrowingLimit, wanted * 2);
  const slownesses = new Map<string, number>();
  let floor = question.minDuration;
  for (let round = 0; round < narrowings; round += 1) {
    const answer = await askTraces(api, { ...question, minDuration: floor, limit }, signal);
    for (const { summary, slowness } of take(answer)) slownesses.set(summary.traceId, slowness);
    if (!answer.more) return;
    const next = [...slownesses.values()].sort((a, b) => b - a)[wanted - 1];
    if (next === undefined || next <= (floor ?? 0)) break;
    floor = microseconds(next);
  }
  take({ traces: [], ...noneDropped, reasons: [slowestOfSome()] });
}

const tooManyServices = (count: number): string =>
  message('Only {0} of {1} services were queried. Select a service.', mostServices, count);

const slowestOfSome = (): string => message('Too many matching traces; slower ones may exist.');
