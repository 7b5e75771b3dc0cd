import type { RawSpan } from '../../trace/rawSpan.ts';
import type { FiguresAnswer } from '../../ports.ts';
import { operationKeyOf, operationName } from '../../matching/operations/operationKey.ts';
import { keyText, type OperationKey } from '../../matching/operations/operationKinds.ts';
import { selectsOperation } from '../../matching/operations/selectsOperation.ts';
import { percentileAmong, type Percentile } from '../durations/percentileAmong.ts';
import type { Durations } from '../durations/durations.ts';
import { piecesOf } from '../durations/pieces.ts';
import type { Figures, OperationFigures } from './figures.ts';
import { mergeFigures } from './mergeFigures.ts';

/** How long a span took among the requests of its operation. */
export interface SpanPercentile extends Percentile {
  /** What the operation is called: hostile text. */
  readonly operation: string;
  /** What it rests on. */
  readonly figures: Figures;
}

/** Of fewer requests a percentile says nothing. */
const fewestRequests = 20;
/** Of the requests: those that are neither certainly shorter nor certainly longer. */
const mostUncertain = 0.5;

/**
 * Undefined: spans of its kind have no figures, there are too few, or the source knows too little of them.
 * @param source label of the source that gave `answer`
 */
export function spanPercentile(
  span: RawSpan,
  answer: FiguresAnswer,
  source: string,
): SpanPercentile | undefined {
  const key = span.unended === true ? undefined : operationKeyOf(span);
  if (key === undefined) return undefined;
  const operations = operationsOf(key, answer.operations);
  if (operations.some(({ durations }) => isVague(durations))) return undefined;
  const pieces = operations.flatMap(({ durations }) => piecesOf(durations));
  const percentile = percentileAmong(pieces, span.duration);
  if (percentile === undefined || percentile.of < fewestRequests) return undefined;
  if (percentile.slowerThan + percentile.fasterThan < 1 - mostUncertain) return undefined;
  const figures = mergeFigures(operations, answer, source);
  return figures && { ...percentile, operation: operationName(key), figures };
}

/** Its very operation; else, where the source knows less of each, those that the span may be counted in. */
function operationsOf(
  key: OperationKey,
  operations: readonly OperationFigures[],
): readonly OperationFigures[] {
  const text = keyText(key);
  const same = operations.filter((one) => keyText(one.key) === text);
  return same.length > 0 ? same : operations.filter((one) => selectsOperation(one.key, key));
}

/** Nobody knows how far off its quantiles are, so that nothing is certain of any duration. */
const isVague = (durations: Durations): boolean =>
  durations.shape === 'quantiles' && durations.within === undefined;
