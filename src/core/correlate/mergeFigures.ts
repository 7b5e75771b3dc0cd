import { microseconds } from '../base/units.ts';
import type { FiguresAnswer } from '../ports.ts';
import type { Figures, OperationFigures } from './figures.ts';
import { mergeSketches } from './sketch.ts';

/**
 * The figures of operations of one layer together; undefined when they had no request.
 *
 * @param source label of the source that gave `answer`.
 */
export function mergeFigures(
  operations: readonly OperationFigures[],
  answer: FiguresAnswer,
  source: string,
): Figures | undefined {
  const durations = mergeSketches(operations.map((operation) => operation.durations));
  const [first] = operations;
  if (first === undefined || durations.count === 0) return undefined;
  const slowest = operations.reduce((a, b) => (b.durations.max > a.durations.max ? b : a), first);
  const quantile = (q: number) => durations.quantile(q) ?? microseconds(0);
  return {
    count: durations.count,
    errors: operations.reduce((sum, { errors }) => sum + errors, 0),
    p50: quantile(0.5),
    p95: quantile(0.95),
    p99: quantile(0.99),
    max: durations.max,
    total: durations.total,
    window: answer.window,
    source,
    basis: answer.basis,
    sampledTraces: answer.sampledTraces,
    fetchedAt: answer.fetchedAt,
    layer: first.key.layer,
    slowestTraceId: slowest.slowestTraceId,
  };
}
