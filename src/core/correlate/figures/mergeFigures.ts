import type { FiguresAnswer } from '../../ports.ts';
import { mergeDurations } from '../durations/mergeDurations.ts';
import type { ErrorCount, ErrorSample, Figures, OperationFigures } from './figures.ts';
import { layerOf } from '../../matching/operations/operationKinds.ts';
import { slownessOf } from './slownessOf.ts';

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
  const durations = mergeDurations(operations.map((operation) => operation.durations));
  const [first] = operations;
  if (first === undefined || durations.count === 0) return undefined;
  const slowest = operations.reduce((a, b) => (slownessOf(b) > slownessOf(a) ? b : a), first);
  const mixedKinds = new Set(operations.flatMap((operation) => operation.mixedKinds ?? []));
  return {
    ...durations,
    ...mergeErrors(operations),
    ...(mixedKinds.size > 0 && { mixedKinds: [...mixedKinds].sort() }),
    window: answer.window,
    source,
    basis: answer.basis,
    sampledTraces: answer.sampledTraces,
    fetchedAt: answer.fetchedAt,
    layer: layerOf(first.key),
    slowestTraceId: slowest.slowestTraceId,
  };
}

/** Unknown where those of one operation are: errors of the others are not those of all. */
function mergeErrors(
  operations: readonly OperationFigures[],
): Pick<Figures, 'errors' | 'errorSample'> {
  let isSample = false;
  let all: ErrorCount = { count: 0, of: 0 };
  let requests = 0;
  let failed = 0;
  for (const { errors, durations } of operations) {
    if (durations.count === 0) continue;
    if (errors === undefined || errors.of === 0) return { errors: undefined };
    isSample ||= errors.of < durations.count;
    all = { count: all.count + errors.count, of: all.of + errors.of };
    requests += durations.count;
    failed += (errors.count / errors.of) * durations.count;
  }
  if (!isSample) return { errors: all.count };
  const errorSample: ErrorSample = { ...all, share: failed / requests };
  return { errors: undefined, errorSample };
}
