import { microseconds, type Microseconds } from '../base/units.ts';
import { visitCriticalPath } from '../trace/criticalPath.ts';
import { costKindAt, type CostKind } from './costKind.ts';
import { costPlaceOf, type CostPlace } from './costPlace.ts';
import type { Attributes } from '../trace/rawSpan.ts';
import { isCallSpan } from '../matching/calls/isCallSpan.ts';
import type { MappedTrace } from '../matching/mappedTrace.ts';

/** A place in the code, as it is reached from the place above it, with what all requests added so far spent there. */
export interface CostBranch {
  readonly place: CostPlace;
  /** Undefined: it is the root. */
  readonly above: CostBranch | undefined;
  readonly below: Map<string, CostBranch>;
  /** Of each call: µs. */
  readonly durations: number[];
  /** By position of the request: how often it was called. */
  readonly calls: Map<number, number>;
  /** By position of the request: the critical path's time of those calls, with everything below them, µs. */
  readonly times: Map<number, number>;
  /** The critical path's time that is its own, by what it was spent on: µs. */
  readonly own: Map<CostKind, number>;
}

/** A call of the code, wherever requests reach it. */
interface CallTally extends Pick<CostBranch, 'calls' | 'times'> {
  /** The first of its places in the tree. */
  readonly branch: CostBranch;
}

/** A row that isn't part of the place above it. */
interface Entry {
  readonly at: number;
  readonly tally: Omit<CallTally, 'branch'>;
  readonly calls: number;
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
  /** By id of the call; of a call within itself the outer one counts. */
  readonly calls: ReadonlyMap<string, CallTally>;
}

/** Adds requests one by one, each the subtree of a row. */
export class CostTreeBuilder implements CostTree {
  root: CostBranch | undefined;
  readonly durations: Microseconds[] = [];
  readonly attributes: Attributes[] = [];
  readonly services = new Map<string, number>();
  readonly calls = new Map<string, CallTally>();

  /**
   * @param row in which the request came in; it is at the root, whatever its own place is.
   * @returns the branch of each row from there on; undefined: the row is a part of what is above it
   */
  add({ trace, matches }: MappedTrace, row: number): readonly (CostBranch | undefined)[] {
    const request = this.durations.length;
    const { duration, parent, subtreeSize } = trace.columns;
    const size = subtreeSize[row] ?? 1;
    const end = row + size;
    const branches: CostBranch[] = [];
    const keys: string[] = [];
    const entered: (CostBranch | undefined)[] = [];
    const entries: Entry[] = [];
    const runUntil = new Map<string, number>();
    for (let at = row; at < end; at++) {
      const span = trace.spans[at];
      if (span === undefined) break;
      const { key, place } = costPlaceOf(span, matches[at]);
      const above = branches[(parent[at] ?? -1) - row];
      const isSame = above !== undefined && keys[(parent[at] ?? -1) - row] === key;
      const branch = isSame ? above : this.#enter(above, key, place);
      branches.push(branch);
      keys.push(key);
      entered.push(isSame ? undefined : branch);
      if (isSame) continue;
      const { callId } = place;
      // A part of a call (a wait for its connection, its commit) takes time, but isn't a call.
      const isRun = callId === undefined || isCallSpan(span, matches[at]);
      entries.push({ at, tally: branch, calls: isRun ? 1 : 0 });
      if (callId !== undefined && at >= (runUntil.get(callId) ?? 0)) {
        runUntil.set(callId, at + (subtreeSize[at] ?? 1));
        entries.push({ at, tally: this.#tallyOf(callId, branch), calls: isRun ? 1 : 0 });
      }
      if (isRun && span.unended !== true) branch.durations.push(duration[at] ?? 0);
    }
    this.durations.push(microseconds(duration[row] ?? 0));
    this.attributes.push(trace.spans[row]?.attributes ?? []);
    const times = new Float64Array(size);
    visitCriticalPath(
      trace.columns,
      trace.start,
      (at, from, to) => {
        const [span, branch] = [trace.spans[at], branches[at - row]];
        if (span === undefined || branch === undefined) return;
        times[at - row] = (times[at - row] ?? 0) + (to - from);
        add(branch.own, costKindAt(at, trace), to - from);
        add(this.services, span.resource.service, to - from);
      },
      row,
    );
    // Rows are in the order of the tree: each is added to the one above it when all below it are in.
    for (let at = end - 1; at > row; at--) {
      const above = (parent[at] ?? row) - row;
      times[above] = (times[above] ?? 0) + (times[at - row] ?? 0);
    }
    for (const { at, tally, calls } of entries) {
      add(tally.calls, request, calls);
      add(tally.times, request, times[at - row] ?? 0);
    }
    return entered;
  }

  #tallyOf(callId: string, branch: CostBranch): CallTally {
    const known = this.calls.get(callId);
    if (known !== undefined) return known;
    const tally: CallTally = { branch, calls: new Map(), times: new Map() };
    this.calls.set(callId, tally);
    return tally;
  }

  #enter(above: CostBranch | undefined, key: string, place: CostPlace): CostBranch {
    const known = above === undefined ? this.root : above.below.get(key);
    if (known !== undefined) return known;
    const branch: CostBranch = {
      place,
      above,
      below: new Map(),
      durations: [],
      calls: new Map(),
      times: new Map(),
      own: new Map(),
    };
    if (above === undefined) this.root = branch;
    else above.below.set(key, branch);
    return branch;
  }
}

const add = <Key>(sums: Map<Key, number>, key: Key, more: number) =>
  sums.set(key, (sums.get(key) ?? 0) + more);
