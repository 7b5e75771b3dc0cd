import type { CostSelector } from '../../../src/protocol/traceCosts.ts';

/** What is marked, and how something else is. */
export interface Marking {
  readonly marked: CostSelector | undefined;
  readonly mark: (of: CostSelector) => void;
}

export const isSame = (one: CostSelector | undefined, other: CostSelector): boolean =>
  one !== undefined && JSON.stringify(one) === JSON.stringify(other);
