import type { AttributeIndex } from '../core/trace/filter/attributeIndex.ts';
import type { RawSpan } from '../core/trace/rawSpan.ts';

/** Kept as long as the spans are. */
const indexes = new WeakMap<readonly RawSpan[], AttributeIndex>();

/** The index of a trace's attributes; undefined until they were counted for the filter, and where there are too many. */
export const attributeIndexOf = (spans: readonly RawSpan[]): AttributeIndex | undefined =>
  indexes.get(spans);

export function keepAttributeIndex(spans: readonly RawSpan[], index: AttributeIndex): void {
  if (index.isWhole) indexes.set(spans, index);
}
