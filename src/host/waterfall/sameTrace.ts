import { haveSameItems } from '../../core/base/sameItems.ts';
import type { OpenedTrace } from '../../protocol/waterfall.ts';

/** A span may have ended since: then its length, status or name is another. */
export function hasSameSpans({ spanIds, shape }: OpenedTrace, other: OpenedTrace): boolean {
  const { columns, operations } = shape;
  const others = other.shape.columns;
  return (
    haveSameItems(spanIds, other.spanIds) &&
    haveSameItems(columns.start, others.start) &&
    haveSameItems(columns.duration, others.duration) &&
    haveSameItems(columns.status, others.status) &&
    haveSameItems(columns.operation, others.operation) &&
    haveSameItems(operations, other.shape.operations)
  );
}

/** Whether spans are mapped to the same lines and calls, of two that have the same spans. */
export function hasSameMapping(one: OpenedTrace, other: OpenedTrace): boolean {
  return (
    haveSameItems(one.confidence, other.confidence) &&
    haveSameItems(one.places.texts, other.places.texts) &&
    haveSameItems(one.places.row, other.places.row) &&
    haveSameItems(one.handlers.texts, other.handlers.texts) &&
    haveSameItems(one.handlers.row, other.handlers.row) &&
    haveSameItems(one.repeats, other.repeats)
  );
}
