import type { TraceShape } from '../trace/trace.ts';
import { keptGroups, membersOf, type SpanGroups } from './groups.ts';
import { matchesWithAncestors } from './matches.ts';
import type { ViewState } from './viewState.ts';

/**
 * The lines of the screen, top to bottom, one entry a line: a span, or a group's head. A closed group's head stands for
 * its members and all below them; below an open one each member has its line, a level deeper.
 */
export interface Lines {
  readonly count: number;
  /** Of them, groups' heads. */
  readonly heads: number;
  /** The span; of a group's head the first member that is shown. */
  readonly row: Uint32Array;
  /** The group whose head it is, -1 at a span. */
  readonly group: Int32Array;
  /** 0 at the top. */
  readonly level: Int32Array;
  /** The line it is below, -1 at the top. */
  readonly parent: Int32Array;
  /** By span and by group: their line, -1 without one. */
  readonly lineOfRow: Int32Array;
  readonly lineOfGroup: Int32Array;
  /** What filter and threshold leave, one entry a span; undefined: everything. */
  readonly shown: Uint8Array | undefined;
}

/** Of no trace. */
export const noLines: Lines = {
  count: 0,
  heads: 0,
  row: new Uint32Array(0),
  group: new Int32Array(0),
  level: new Int32Array(0),
  parent: new Int32Array(0),
  lineOfRow: new Int32Array(0),
  lineOfGroup: new Int32Array(0),
  shown: undefined,
};

/**
 * The lines that a view shows of a trace. O(n), no recursion.
 * @param matches one entry a span; undefined: nothing is looked for
 */
export function layOutLines(
  shape: TraceShape,
  groups: SpanGroups,
  view: ViewState,
  matches?: Uint8Array,
): Lines {
  return new LineLayout(shape, groups, view, keptSpans(shape, view, matches)).lines();
}

/** What filter and threshold leave, with all above it; undefined: everything. */
export function keptSpans(
  shape: TraceShape,
  { onlyMatches, shortest }: ViewState,
  matches?: Uint8Array,
): Uint8Array | undefined {
  const wanted = onlyMatches ? matches : undefined;
  if (shortest <= 0) return wanted && matchesWithAncestors(shape, wanted);
  const { duration } = shape.columns;
  const long = new Uint8Array(shape.size);
  for (let row = 0; row < shape.size; row++)
    if ((duration[row] ?? 0) >= shortest && wanted?.[row] !== 0) long[row] = 1;
  return matchesWithAncestors(shape, long);
}

/** Rows still to be laid out: `from` up to `to`, so much deeper than in the trace, below a line. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly deeper: number;
  /** The line of the group's head that `from` is a member of, -1 of none. */
  readonly head: number;
}

class LineLayout {
  readonly #shape: TraceShape;
  readonly #groups: SpanGroups;
  readonly #view: ViewState;
  readonly #kept: Uint8Array | undefined;
  /** 1 for each group that enough members are left of. */
  readonly #isGroup: Uint8Array;
  readonly #row: Uint32Array;
  readonly #group: Int32Array;
  readonly #level: Int32Array;
  readonly #parent: Int32Array;
  readonly #lineOfRow: Int32Array;
  readonly #lineOfGroup: Int32Array;
  #count = 0;
  #heads = 0;

  constructor(
    shape: TraceShape,
    groups: SpanGroups,
    view: ViewState,
    kept: Uint8Array | undefined,
  ) {
    this.#shape = shape;
    this.#groups = groups;
    this.#view = view;
    this.#kept = kept;
    this.#isGroup = keptGroups(groups, kept);
    const most = shape.size + (view.isGrouped ? groups.count : 0);
    this.#row = new Uint32Array(most);
    this.#group = new Int32Array(most);
    this.#level = new Int32Array(most);
    this.#parent = new Int32Array(most);
    this.#lineOfRow = new Int32Array(shape.size).fill(-1);
    this.#lineOfGroup = new Int32Array(groups.count).fill(-1);
  }

  lines(): Lines {
    this.#layOut();
    return {
      count: this.#count,
      heads: this.#heads,
      row: this.#row,
      group: this.#group,
      level: this.#level,
      parent: this.#parent,
      lineOfRow: this.#lineOfRow,
      lineOfGroup: this.#lineOfGroup,
      shown: this.#kept,
    };
  }

  #layOut(): void {
    const { focus = 0 } = this.#view;
    const { depth, subtreeSize } = this.#shape.columns;
    const isFocused = this.#view.focus !== undefined;
    const to = isFocused ? focus + (subtreeSize[focus] ?? 1) : this.#shape.size;
    const open: Stretch[] = [
      { from: focus, to, deeper: isFocused ? -(depth[focus] ?? 0) : 0, head: -1 },
    ];
    for (let next = open.pop(); next; next = open.pop()) this.#layOutStretch(next, open);
  }

  /** Lays out rows until a group is open: its members come next, the rest of the stretch after them. */
  #layOutStretch({ from, to, deeper, head }: Stretch, open: Stretch[]): void {
    const { subtreeSize } = this.#shape.columns;
    let isFirst = head >= 0 || from === this.#view.focus;
    for (let row = from; row < to; isFirst = false) {
      const size = Math.max(1, subtreeSize[row] ?? 1);
      const group = isFirst ? -1 : this.#activeGroup(row);
      if (this.#kept && this.#kept[row] !== 1) row += size;
      else if (group < 0) {
        this.#addSpan(row, deeper, isFirst ? head : -1);
        row += this.#view.folds[row] === 1 ? size : 1;
      } else if (this.#lineOfGroup[group] !== -1) row += size;
      else {
        const line = this.#addHead(row, group, deeper);
        row += size;
        if (!this.#view.openGroups.has(group)) continue;
        open.push({ from: row, to, deeper, head: -1 });
        const members = membersOf(this.#groups, group);
        for (let at = members.length - 1; at >= 0; at--) {
          const member = members[at] ?? 0;
          if (this.#kept && this.#kept[member] !== 1) continue;
          const end = member + Math.max(1, subtreeSize[member] ?? 1);
          open.push({ from: member, to: end, deeper: deeper + 1, head: line });
        }
        return;
      }
    }
  }

  /** The group that the row is drawn in, -1 when it has a line of its own. */
  #activeGroup(row: number): number {
    const group = this.#view.isGrouped ? (this.#groups.of[row] ?? -1) : -1;
    return this.#isGroup[group] === 1 ? group : -1;
  }

  #addSpan(row: number, deeper: number, head: number): void {
    this.#lineOfRow[row] = this.#count;
    this.#add(row, -1, deeper, head >= 0 ? head : this.#lineAbove(row));
  }

  #addHead(row: number, group: number, deeper: number): number {
    this.#lineOfGroup[group] = this.#count;
    this.#heads += 1;
    return this.#add(row, group, deeper, this.#lineAbove(row));
  }

  #add(row: number, group: number, deeper: number, parent: number): number {
    const line = this.#count++;
    this.#row[line] = row;
    this.#group[line] = group;
    this.#level[line] = (this.#shape.columns.depth[row] ?? 0) + deeper;
    this.#parent[line] = parent;
    return line;
  }

  #lineAbove(row: number): number {
    const above = this.#shape.columns.parent[row] ?? -1;
    return above < 0 ? -1 : (this.#lineOfRow[above] ?? -1);
  }
}
