import { message } from '../../core/base/message.ts';
import type { TimeWindow } from '../../core/base/timeWindow.ts';
import type { OperationFigures } from '../../core/correlate/figures/figures.ts';
import type { FiguresAnswer } from '../../core/ports.ts';
import { noneDropped } from '../droppedSpanList.ts';
import type { JaegerServer } from './api.ts';
import type { LearnedKeys, NamedOperation } from './learnedKeys.ts';
import { metricDurations } from './metricDurations.ts';
import { isPlainName, type MetricsQuestion, type MetricValue } from './metrics.ts';
import { unmeasuredServices } from './unmeasuredServices.ts';

/**
 * Figures of all requests; `disabled`: the server has no metrics store; `empty`: it has one that knows none of the
 * services, though they have traces.
 */
type MetricFigures = Omit<FiguresAnswer, 'fetchedAt'> | 'disabled' | 'empty';

const kinds = ['server', 'consumer', 'internal'] as const;
/** In one question: their names are in its URL. */
const servicesAtOnce = 20;
const mostServices = 100;

/**
 * Figures from the metrics that the Collector makes of spans and Jaeger reads from Prometheus. Requests are counted
 * by Prometheus' `rate` over the window, so they are those since its first reading of a counter.
 * docs/decisions/jaeger-metrics.md has more.
 * @param window see `isWholeUnit`
 */
export async function metricFigures(
  api: JaegerServer,
  keys: LearnedKeys,
  window: TimeWindow,
  isLate: () => boolean,
  signal: AbortSignal,
): Promise<MetricFigures> {
  const all = await api.services(signal);
  const services = all.filter(isPlainName).slice(0, mostServices);
  const counted: CountedOperation[] = [];
  for (const question of questionsOf(services, window)) {
    const calls = await api.metrics.calls(question, signal);
    if (calls === undefined) return 'disabled';
    counted.push(...countsOf(calls, question));
  }
  const measured = new Set(counted.map(({ service }) => service));
  const silent = all.filter((service) => !measured.has(service));
  const unmeasured = await unmeasuredServices(api, silent, window, isLate, signal);
  if (measured.size === 0 && unmeasured.length > 0) return 'empty';
  const isLearned = await keys.learn(api, counted, window, isLate, signal);
  const reasons = [
    ...(unmeasured.length > 0 ? [without(unmeasured)] : []),
    ...(isLearned ? [] : [notAllLearned()]),
  ];
  return {
    operations: await rowsOf(api, keys, counted, window, signal),
    window,
    basis: 'complete',
    sampledTraces: undefined,
    ...noneDropped,
    complete: reasons.length === 0,
    reason: reasons.join(' '),
  };
}

interface CountedOperation extends NamedOperation {
  readonly count: number;
}

const questionsOf = (services: readonly string[], window: TimeWindow): MetricsQuestion[] =>
  kinds.flatMap((spanKind) =>
    Array.from({ length: Math.ceil(services.length / servicesAtOnce) }, (_, n) => ({
      services: services.slice(n * servicesAtOnce, (n + 1) * servicesAtOnce),
      spanKind,
      window,
    })),
  );

function countsOf(
  calls: readonly MetricValue[],
  { services, spanKind, window }: MetricsQuestion,
): readonly CountedOperation[] {
  const seconds = (window.end - window.start) / 1_000_000;
  return calls
    .map(({ service, operation, value = 0 }) => ({
      service,
      kind: spanKind,
      name: operation,
      count: Math.round(value * seconds),
    }))
    .filter(({ service, count }) => count > 0 && services.includes(service));
}

const quantiles = { p50: 0.5, p95: 0.95, p99: 0.99, top: 1 } as const;

/** The rows of the operations that answer requests. */
async function rowsOf(
  api: JaegerServer,
  keys: LearnedKeys,
  counted: readonly CountedOperation[],
  window: TimeWindow,
  signal: AbortSignal,
): Promise<readonly OperationFigures[]> {
  const known = counted.filter((operation) => keys.keyOf(operation) !== undefined);
  const values = new Map<string, number | undefined>();
  const read = (what: string, kind: string, answer: readonly MetricValue[] = []) => {
    for (const { service, operation, value } of answer)
      values.set(JSON.stringify([what, kind, service, operation]), value);
  };
  const services = [...new Set(known.map(({ service }) => service))];
  for (const question of questionsOf(services, window)) {
    const { spanKind } = question;
    if (!known.some(({ kind }) => kind === spanKind)) continue;
    read('errors', spanKind, await api.metrics.errors(question, signal));
    for (const [name, quantile] of Object.entries(quantiles))
      read(name, spanKind, await api.metrics.latencies(question, quantile, signal));
  }
  return known.flatMap((operation): readonly OperationFigures[] => {
    const { kind, service, name, count } = operation;
    const key = keys.keyOf(operation);
    const value = (what: string) => values.get(JSON.stringify([what, kind, service, name]));
    if (key === undefined) return [];
    const [p50, p95, p99, top] = [value('p50'), value('p95'), value('p99'), value('top')];
    return [
      {
        key,
        durations: metricDurations(count, { p50, p95, p99, top }),
        // Operations without an error aren't in the answer.
        errors: { count: Math.round((value('errors') ?? 0) * count), of: count },
        slowestTraceId: undefined,
      },
    ];
  });
}

const without = (services: readonly string[]): string =>
  message("Jaeger's metrics store has no metrics of {0}.", services.slice(0, 5).join(', '));

const notAllLearned = (): string =>
  message('Some endpoints are still being looked up. Refresh to see them.');
