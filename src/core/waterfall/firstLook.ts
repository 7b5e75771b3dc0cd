import { mainRoot } from '../trace/mainRoot.ts';
import { timeBelow } from '../trace/timeBelow.ts';
import { errorStatus, type TraceShape } from '../trace/trace.ts';
import { shownMembers, refAt, type LineRef } from './lineRefs.ts';
import type { SpanGroups } from './groups.ts';
import type { Lines } from './lines.ts';
import type { ViewState } from './viewState.ts';

/**
 * The line to look at first: where the trace's main root failed, the deepest of the first failure; else the one that
 * stands for most of the critical path: its own part, with what is folded away below it. Undefined without lines.
 */
export function firstLook(
  shape: TraceShape,
  groups: SpanGroups,
  view: ViewState,
  lines: Lines,
): LineRef | undefined {
  return refAt(lines, failingLine(shape, lines) ?? costliestLine(shape, groups, view, lines));
}

/** Undefined where the main root didn't fail, or has no line. */
function failingLine({ columns }: TraceShape, lines: Lines): number | undefined {
  const isFailed = (row: number) => columns.status[row] === errorStatus;
  const root = mainRoot(columns);
  let found = lines.lineOfRow[root] ?? -1;
  if (found < 0 || !isFailed(root)) return undefined;
  for (let line = found; line < lines.count; line++)
    if (lines.parent[line] === found && isFailed(lines.row[line] ?? 0)) found = line;
  return found;
}

function costliestLine(
  shape: TraceShape,
  groups: SpanGroups,
  view: ViewState,
  lines: Lines,
): number {
  const { criticalTime } = shape.columns;
  const withBelow = timeBelow(shape);
  let [best, most] = [0, -1];
  for (let line = 0; line < lines.count; line++) {
    const cost = costOf(line);
    if (cost > most) [best, most] = [line, cost];
  }
  return best;

  function costOf(line: number): number {
    const row = lines.row[line] ?? 0;
    const group = lines.group[line] ?? -1;
    if (group < 0) return view.folds[row] === 1 ? withBelow(row) : (criticalTime[row] ?? 0);
    if (view.openGroups.has(group)) return 0;
    return shownMembers(groups, lines, group).reduce((sum, member) => sum + withBelow(member), 0);
  }
}
