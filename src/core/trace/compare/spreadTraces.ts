/** How a trace compares with others of its kind. */
export type TracePace = 'fast' | 'typical' | 'slow';

interface PacedTrace<Of> {
  readonly pace: TracePace;
  readonly trace: Of;
}

/** Of each pace. */
const most = 3;

/**
 * A few of many by how long they took: the fastest, those around the median and the slowest, each once and shortest first.
 * Of as few as there are places all are kept.
 */
export function spreadTraces<Of>(
  traces: readonly Of[],
  lengthOf: (trace: Of) => number,
): readonly PacedTrace<Of>[] {
  const sorted = traces.toSorted((a, b) => lengthOf(a) - lengthOf(b));
  const each = Math.min(most, Math.ceil(sorted.length / 3));
  const slowFrom = Math.max(each, sorted.length - each);
  const middle = Math.max(each, Math.ceil((sorted.length - each) / 2));
  const paceOf = (at: number): TracePace | undefined => {
    if (at < each) return 'fast';
    if (at >= slowFrom) return 'slow';
    return at >= middle && at < middle + each ? 'typical' : undefined;
  };
  return sorted.flatMap((trace, at) => {
    const pace = paceOf(at);
    return pace === undefined ? [] : [{ pace, trace }];
  });
}
