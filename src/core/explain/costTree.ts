import { microseconds, type Microseconds } from '../base/units.ts';
import { visitCriticalPath } from '../trace/criticalPath.ts';
import { costKindOf, type CostKind } from './costKind.ts';
import { costPlaceOf, type CostPlace } from './costPlace.ts';
import type { Attributes } from '../trace/rawSpan.ts';
import type { MappedTrace } from '../matching/mappedTrace.ts';

/** A place in the code, as it is reached from the place above it, with what all requests added so far spent there. */
export interface CostBranch {
  readonly place: CostPlace;
  readonly below: Map<string, CostBranch>;
  /** Of each call: µs. */
  readonly durations: number[];
  /** By position of the request: how often it was called. */
  readonly calls: Map<number, number>;
  /** The critical path's time that is its own, by what it was spent on: µs. */
  readonly own: Map<CostKind, number>;
}

/** Requests merged into one tree by line: a call of the same line from the same line counts as one branch. */
export interface CostTree {
  /** Undefined: no request was added. */
  readonly root: CostBranch | undefined;
  /** Of each request: µs. */
  readonly durations: readonly Microseconds[];
  /** Of the span in which each came in. */
  readonly attributes: readonly Attributes[];
  /** Of the critical path of all: what each service spent, µs. */
  readonly services: ReadonlyMap<string, number>;
}

/** Adds requests one by one, each the subtree of a row. */
export class CostTreeBuilder implements CostTree {
  root: CostBranch | undefined;
  readonly durations: Microseconds[] = [];
  readonly attributes: Attributes[] = [];
  readonly services = new Map<string, number>();

  /** @param row in which the request came in; it is at the root, whatever its own place is. */
  add({ trace, matches }: MappedTrace, row: number): void {
    const request = this.durations.length;
    const { duration, parent, subtreeSize } = trace.columns;
    const end = row + (subtreeSize[row] ?? 1);
    const branches: CostBranch[] = [];
    const keys: string[] = [];
    for (let at = row; at < end; at++) {
      const span = trace.spans[at];
      if (span === undefined) break;
      const { key, place } = costPlaceOf(span, matches[at]);
      const above = branches[(parent[at] ?? -1) - row];
      const isSame = above !== undefined && keys[(parent[at] ?? -1) - row] === key;
      const branch = isSame ? above : this.#enter(above, key, place);
      branches.push(branch);
      keys.push(key);
      if (isSame) continue;
      branch.calls.set(request, (branch.calls.get(request) ?? 0) + 1);
      if (span.unended !== true) branch.durations.push(duration[at] ?? 0);
    }
    this.durations.push(microseconds(duration[row] ?? 0));
    this.attributes.push(trace.spans[row]?.attributes ?? []);
    visitCriticalPath(
      trace.columns,
      trace.start,
      (at, from, to) => {
        const [span, branch] = [trace.spans[at], branches[at - row]];
        if (span === undefined || branch === undefined) return;
        add(branch.own, costKindOf(span), to - from);
        add(this.services, span.resource.service, to - from);
      },
      row,
    );
  }

  #enter(above: CostBranch | undefined, key: string, place: CostPlace): CostBranch {
    const known = above === undefined ? this.root : above.below.get(key);
    if (known !== undefined) return known;
    const branch: CostBranch = {
      place,
      below: new Map(),
      durations: [],
      calls: new Map(),
      own: new Map(),
    };
    if (above === undefined) this.root = branch;
    else above.below.set(key, branch);
    return branch;
  }
}

const add = <Key>(sums: Map<Key, number>, key: Key, more: number) =>
  sums.set(key, (sums.get(key) ?? 0) + more);
