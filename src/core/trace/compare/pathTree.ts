import { visitCriticalPath } from '../criticalPath.ts';
import { mainRoot, rootRows } from '../mainRoot.ts';
import { errorStatus, type Trace } from '../trace.ts';

/** A trace whose rows are told apart by what they are, whatever ids and times they have. */
export interface KeyedTrace {
  readonly trace: Pick<Trace, 'start' | 'size' | 'columns'>;
  /** Of each row what it is: the same number in both traces for the same thing. Below 2^22. */
  readonly key: Uint32Array;
  /** Of each row: 1 where it counts as a call of that. */
  readonly isCall: Uint8Array;
}

/** What one trace has at each node; times in µs. */
interface NodeFigures {
  readonly spans: number[];
  readonly calls: number[];
  /** Calls that failed. */
  readonly errors: number[];
  /** Durations of what begins here, added up. */
  readonly total: number[];
  readonly self: number[];
  /** Of the critical path, with everything below. */
  readonly critical: number[];
}

/** Keys that there can be. */
const keys = 2 ** 22;

/**
 * Two traces merged by path: of a node are the spans of one key whose parents are of the node above, siblings as well as
 * those of a key that are nested in one another. Nodes come after the node above them. O(n), without recursion.
 */
export class PathTree {
  /** -1 at a root. */
  readonly parent: number[] = [];
  readonly key: number[] = [];
  readonly figures: readonly [NodeFigures, NodeFigures] = [noFigures(), noFigures()];
  readonly #sides = new Set<0 | 1>();
  /** Needed until both traces are in. */
  readonly #known = new Map<number, number>();

  get size(): number {
    return this.parent.length;
  }

  /**
   * Adds a trace; each side once.
   * @returns the node of each row
   */
  add(side: 0 | 1, { trace, key, isCall }: KeyedTrace): Uint32Array {
    const { parent, duration, selfTime, status } = trace.columns;
    const figures = this.figures[side];
    const nodeOf = new Uint32Array(trace.size);
    for (let row = 0; row < trace.size; row++) {
      const above = parent[row] ?? -1;
      const own = key[row] ?? 0;
      const isNested = above >= 0 && key[above] === own;
      const node = isNested
        ? (nodeOf[above] ?? 0)
        : this.#enter(above < 0 ? -1 : (nodeOf[above] ?? 0), own);
      nodeOf[row] = node;
      add(figures.spans, node, 1);
      add(figures.self, node, selfTime[row] ?? 0);
      if (!isNested) add(figures.total, node, duration[row] ?? 0);
      if (isCall[row] !== 1) continue;
      add(figures.calls, node, 1);
      if (status[row] === errorStatus) add(figures.errors, node, 1);
    }
    this.#addCritical(side, trace, nodeOf);
    if (this.#sides.add(side).size === 2) this.#known.clear();
    return nodeOf;
  }

  /** Own parts first, then each node's with those below it to the node above. */
  #addCritical(side: 0 | 1, trace: KeyedTrace['trace'], nodeOf: Uint32Array): void {
    const { critical } = this.figures[side];
    const own = criticalTimes(trace);
    for (let row = 0; row < trace.size; row++) add(critical, nodeOf[row] ?? 0, own[row] ?? 0);
    for (let node = this.size - 1; node >= 0; node--) {
      const above = this.parent[node] ?? -1;
      if (above >= 0) add(critical, above, critical[node] ?? 0);
    }
  }

  #enter(above: number, key: number): number {
    const path = (above + 1) * keys + key;
    const known = this.#known.get(path);
    if (known !== undefined) return known;
    const node = this.parent.push(above) - 1;
    this.key.push(key);
    this.#known.set(path, node);
    for (const side of this.figures) for (const column of columnsOf(side)) column.push(0);
    return node;
  }
}

const noFigures = (): NodeFigures => ({
  spans: [],
  calls: [],
  errors: [],
  total: [],
  self: [],
  critical: [],
});

const columnsOf = ({ spans, calls, errors, total, self, critical }: NodeFigures) => [
  spans,
  calls,
  errors,
  total,
  self,
  critical,
];

function add(column: number[], node: number, more: number): void {
  column[node] = (column[node] ?? 0) + more;
}

/** Each row's own parts of the critical path of the root that it is below: the columns know those of the main one. */
function criticalTimes({ columns, start }: KeyedTrace['trace']): Float64Array {
  const times = columns.criticalTime.slice();
  const main = mainRoot(columns);
  for (const row of rootRows(columns)) {
    if (row === main) continue;
    visitCriticalPath(
      columns,
      start,
      (at, from, to) => {
        times[at] = (times[at] ?? 0) + (to - from);
      },
      row,
    );
  }
  return times;
}
