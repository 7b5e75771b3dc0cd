import type { DroppedSpans } from '../core/ports.ts';

/** What could not be read, as `--json` has it: how much, and of the first hundred where and why. */
export const droppedJson = ({ dropped, droppedCount }: DroppedSpans): object => ({
  count: droppedCount,
  reasons: dropped.map(({ position, reason }) => ({ position, reason })),
});
