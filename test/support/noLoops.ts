import type { Loops } from '../../src/core/explain/loops.ts';

/** Of code without any. */
export const noLoops: Loops = { methodAt: () => undefined, around: () => [] };
