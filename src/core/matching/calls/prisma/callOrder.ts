import type { PrismaCallSite } from '../../../code/model.ts';

/** Which call site a span ran, told by order. */
export interface OrderedCall {
  readonly call: PrismaCallSite;
  /** False when the number of spans doesn't fit the call sites: some did not run, or ran more than once. */
  readonly fits: boolean;
}

/**
 * Call sites for the spans of one model and operation in one handler, by order: where nothing loops the
 * first span is of the first call, and so on, over again when there are more; where one call loops, it has
 * all spans that the calls before and after it leave.
 *
 * @param spans how many spans there are.
 * @param calls candidates, at least one, in source order.
 */
export function assignInOrder(
  spans: number,
  calls: readonly PrismaCallSite[],
): readonly OrderedCall[] {
  const loops = calls.filter(({ inLoop }) => inLoop);
  const [loop] = loops;
  const single = calls.length - loops.length;
  const fits = loop === undefined ? spans === calls.length : loops.length === 1 && spans >= single;
  const before = loop === undefined ? calls.length : calls.indexOf(loop);
  const after = calls.length - before - 1;
  const assigned: OrderedCall[] = [];
  for (let position = 0; position < spans; position++) {
    const fromEnd = spans - position;
    const at =
      loop === undefined || position < before
        ? position % calls.length
        : fromEnd <= after
          ? calls.length - fromEnd
          : before;
    const call = calls[at];
    if (call !== undefined) assigned.push({ call, fits });
  }
  return assigned;
}

/** Calls in one method by line; methods stay as near as they were. */
export function inSourceOrder(calls: readonly PrismaCallSite[]): readonly PrismaCallSite[] {
  const methods = [...new Set(calls.map(({ methodId }) => methodId))];
  return calls.toSorted(
    (a, b) =>
      methods.indexOf(a.methodId) - methods.indexOf(b.methodId) ||
      a.location.line - b.location.line ||
      a.location.column - b.location.column,
  );
}
