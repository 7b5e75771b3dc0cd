import { visitCriticalPath } from '../trace/criticalPath.ts';
import type { Trace } from '../trace/trace.ts';
import { operationKeyOf } from '../matching/operations/operationKey.ts';
import {
  keyText,
  type OperationKey,
  type OperationSelector,
} from '../matching/operations/operationKinds.ts';
import { selectsOperation } from '../matching/operations/selectsOperation.ts';
import { mostNested } from './mostNested.ts';
import { costKinds, costKindAt, type CostKind } from './costKind.ts';

/** What sampled requests of one operation spent their time on. */
export interface OperationKinds {
  readonly key: OperationKey;
  readonly requests: number;
  /** Of their critical paths: µs. */
  readonly times: Readonly<Record<CostKind, number>>;
}

/** What requests spend their time on, by share of their critical paths. */
export interface KindShares {
  readonly requests: number;
  /** Those that took any time, largest first; they add up to 1. */
  readonly kinds: readonly { readonly kind: CostKind; readonly share: number }[];
}

/** Of each operation that figures are kept of. Each request counts whole, also within another's. */
export function kindsByOperation(traces: Iterable<Trace>): readonly OperationKinds[] {
  const found = new Map<string, { key: OperationKey; requests: number; times: Times }>();
  for (const trace of traces) {
    const around = new Uint32Array(trace.size);
    for (const [row, span] of trace.spans.entries()) {
      const above = around[trace.columns.parent[row] ?? -1] ?? 0;
      around[row] = above;
      const key = operationKeyOf(span);
      if (key === undefined || span.unended === true) continue;
      around[row] = above + 1;
      if (above >= mostNested) continue;
      const text = keyText(key);
      const kinds = found.get(text) ?? { key, requests: 0, times: noTime() };
      found.set(text, kinds);
      kinds.requests += 1;
      addTimes(kinds.times, trace, row);
    }
  }
  return [...found.values()];
}

type Times = Record<CostKind, number>;

const noTime = (): Times =>
  Object.fromEntries(costKinds.map((kind) => [kind, 0])) as Record<CostKind, number>;

function addTimes(times: Times, trace: Trace, row: number): void {
  visitCriticalPath(
    trace.columns,
    trace.start,
    (at, from, to) => {
      times[costKindAt(at, trace)] += to - from;
    },
    row,
  );
}

/** What requests of these operations together spent their time on; undefined: none of them took any. */
export function kindShares(
  operations: readonly OperationSelector[],
  known: readonly OperationKinds[],
): KindShares | undefined {
  const times = noTime();
  let requests = 0;
  for (const one of known) {
    if (!operations.some((operation) => selectsOperation(operation, one.key))) continue;
    requests += one.requests;
    for (const kind of costKinds) times[kind] += one.times[kind];
  }
  const whole = costKinds.reduce((sum, kind) => sum + times[kind], 0);
  if (whole === 0) return undefined;
  const kinds = costKinds
    .filter((kind) => times[kind] > 0)
    .map((kind) => ({ kind, share: times[kind] / whole }));
  return { requests, kinds: kinds.sort((a, b) => b.share - a.share) };
}
