import { operationKeyOf } from '../../core/matching/operations/operationKey.ts';
import type { OperationSelector } from '../../core/matching/operations/operationKinds.ts';
import type { TraceQuery } from '../../core/ports.ts';
import type { Microseconds } from '../../core/base/units.ts';
import type { RawSpan } from '../../core/trace/rawSpan.ts';
import { hasAttribute } from './hasAttribute.ts';
import { selectsOperation } from '../../core/matching/operations/selectsOperation.ts';

/** What one span of a trace has to meet, all of it, for the trace to be found. */
type SpanQuery = Omit<TraceQuery, 'limit' | 'order'>;

/** The longest duration among the spans that meet the query; undefined when none does. */
export function matchTrace(spans: readonly RawSpan[], query: SpanQuery): Microseconds | undefined {
  let longest: Microseconds | undefined;
  for (const span of spans) {
    if (longest !== undefined && span.duration <= longest) continue;
    if (matchesSpan(span, query)) longest = span.duration;
  }
  return longest;
}

/** How many of the spans meet the query. */
export const countMatching = (spans: readonly RawSpan[], query: SpanQuery): number =>
  spans.reduce((count, span) => count + (matchesSpan(span, query) ? 1 : 0), 0);

/** Whether the span meets all of the query by itself: what every source that finds spans filters by. */
function matchesSpan(span: RawSpan, query: SpanQuery): boolean {
  const { service, operation, attributes = [], minDuration, maxDuration, window } = query;
  if (span.start < window.start || span.start > window.end) return false;
  if (service !== undefined && span.resource.service !== service) return false;
  if (operation !== undefined && span.name !== operation) return false;
  if (minDuration !== undefined && span.duration < minDuration) return false;
  if (maxDuration !== undefined && span.duration > maxDuration) return false;
  if (query.errorsOnly && span.status !== 'error') return false;
  if (!attributes.every((sought) => hasAttribute(span, sought))) return false;
  return query.operations === undefined || isSelected(span, query.operations);
}

function isSelected(span: RawSpan, selectors: readonly OperationSelector[]): boolean {
  const key = operationKeyOf(span);
  return key !== undefined && selectors.some((selector) => selectsOperation(selector, key));
}
