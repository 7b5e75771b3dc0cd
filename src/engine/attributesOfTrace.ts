import { AttributeCounts } from '../core/trace/filter/completion/attributeCounts.ts';
import { AttributeIndex } from '../core/trace/filter/attributeIndex.ts';
import type { AttributeSummary } from '../core/trace/filter/completion/filterWords.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';
import { attributeIndexOf, keepAttributeIndex } from './attributeIndexes.ts';
import { TimeSlicer } from './code/yieldNow.ts';

/** Spans looked at between two chances to stop. */
const slice = 500;

/**
 * The attributes of spans, the most frequent first: see `AttributeCounts`. Who asks is about to look for one, for which they
 * are indexed on the way.
 */
export async function attributesOfTrace(
  spans: readonly RawSpan[],
  signal: AbortSignal,
): Promise<readonly AttributeSummary[]> {
  const counts = new AttributeCounts();
  const index = attributeIndexOf(spans) ? undefined : new AttributeIndex(spans.length);
  const breather = new TimeSlicer();
  for (const [row, span] of spans.entries()) {
    if (row % slice === 0) {
      await breather.breathe();
      signal.throwIfAborted();
    }
    counts.add(span);
    index?.add(span);
  }
  if (index) keepAttributeIndex(spans, index);
  return counts.summaries();
}
