import { spanRow, type SpanRow } from '../base/units.ts';
import type { TraceShape } from '../trace/trace.ts';
import { membersOf, type SpanGroups } from './groups.ts';
import type { Lines } from './lines.ts';

/** What a line stands for. */
export interface LineRef {
  readonly row: SpanRow;
  /** -1 at a span. */
  readonly group: number;
}

/** Undefined past the ends. */
export function refAt(lines: Lines, line: number): LineRef | undefined {
  if (line < 0 || line >= lines.count) return undefined;
  return { row: spanRow(lines.row[line] ?? 0), group: lines.group[line] ?? -1 };
}

/** The line of what is referred to, -1 when it has none. */
export const lineOf = (lines: Lines, { row, group }: LineRef): number =>
  (group < 0 ? lines.lineOfRow[row] : lines.lineOfGroup[group]) ?? -1;

/** The line of a span, else of its group or of the nearest ancestor that has one; else a line above it; -1 when empty. */
export function lineShowing(
  { columns }: TraceShape,
  groups: SpanGroups,
  lines: Lines,
  row: SpanRow,
): number {
  for (let at: number = row; at >= 0; at = columns.parent[at] ?? -1) {
    const own = lines.lineOfRow[at] ?? -1;
    if (own >= 0) return own;
    const head = lines.lineOfGroup[groups.of[at] ?? -1] ?? -1;
    if (head >= 0) return head;
  }
  for (let at: number = row; at >= 0; at--) {
    const line = lines.lineOfRow[at] ?? -1;
    if (line >= 0) return line;
  }
  return Math.min(0, lines.count - 1);
}

/** The members of a group that the view shows. */
export function shownMembers(groups: SpanGroups, { shown }: Lines, group: number): Uint32Array {
  const members = membersOf(groups, group);
  return shown ? members.filter((row) => shown[row] === 1) : members;
}

/** Of each line its place among its siblings, from 1, and how many they are. O(lines). */
export function linePlaces(lines: Lines): { position: Uint32Array; setSize: Uint32Array } {
  const children = new Uint32Array(lines.count + 1);
  const position = new Uint32Array(lines.count);
  for (let line = 0; line < lines.count; line++) {
    const slot = (lines.parent[line] ?? -1) + 1;
    const place = (children[slot] ?? 0) + 1;
    children[slot] = place;
    position[line] = place;
  }
  const setSize = new Uint32Array(lines.count);
  for (let line = 0; line < lines.count; line++)
    setSize[line] = children[(lines.parent[line] ?? -1) + 1] ?? 1;
  return { position, setSize };
}
