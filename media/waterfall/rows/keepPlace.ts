import { lineOf, lineShowing, refAt } from '../../../src/core/waterfall/lineRefs.ts';
import { rowHeight } from '../../../src/core/waterfall/rowMeasures.ts';
import { rowKey, rowsOfKeys } from '../../../src/core/waterfall/spanIds.ts';
import type { WaterfallModel } from '../model.ts';

/** The line that a reader has before the eyes, by its span, and its px from the top of the screen. */
interface Place {
  readonly key: string;
  readonly isGroup: boolean;
  readonly top: number;
}

/** The selected line where it is on screen, else the first one there; undefined where the rows are at their beginning, which stays there. */
export function placeOnScreen(model: WaterfallModel): Place | undefined {
  const { trace, lines, selection, screen, scrollTop } = model;
  if (!trace || scrollTop === 0) return undefined;
  const selected = selection ? lineOf(lines, selection) : -1;
  const line = selected >= screen.first && selected < screen.end ? selected : screen.first;
  const ref = refAt(lines, line);
  return (
    ref && {
      key: rowKey(trace.opened.spanIds, ref.row),
      isGroup: ref.group >= 0,
      top: line * rowHeight - scrollTop,
    }
  );
}

/** Scrolls so that the line is where it was, though lines came above it. */
export function keepPlace(model: WaterfallModel, { key, isGroup, top }: Place): void {
  const { trace, lines } = model;
  if (!trace) return;
  const { groups, opened } = trace;
  const row = rowsOfKeys(opened.spanIds, opened.shape.size, [key]).get(key);
  if (row === undefined) return;
  const head = isGroup ? lineOf(lines, { row, group: groups.of[row] ?? -1 }) : -1;
  const line = head >= 0 ? head : lineShowing(opened.shape, groups, lines, row);
  model.scrollTop = Math.max(0, line * rowHeight - top);
}
