import { firstBeginning } from '../../../src/core/waterfall/firstBeginning.ts';
import { refAt, type LineRef } from '../../../src/core/waterfall/lineRefs.ts';
import { pannedTo, type TimeRange } from '../../../src/core/waterfall/timeRange.ts';
import type { WaterfallModel } from '../model.ts';
import { figuresOfGroup } from '../openTrace.ts';

/** Shows a part of the time, and scrolls to what begins in it unless some of that is on screen. */
export function zoomTo(model: WaterfallModel, range: TimeRange): void {
  model.setRange(range);
  const { trace, lines, screen } = model;
  if (!trace) return;
  const { columns } = trace.opened.shape;
  if (firstBeginning(columns, lines, model.range, screen.first, screen.end) >= 0) return;
  const ref = refAt(lines, firstBeginning(columns, lines, model.range, 0, lines.count));
  if (ref) model.reveal = { line: ref, align: 'center' };
}

/** Selects a line and moves the range on screen to where its bar is. */
export function showBar(model: WaterfallModel, line: LineRef): void {
  const { trace } = model;
  if (!trace) return;
  model.selectLine(line);
  const { columns, duration } = trace.opened.shape;
  const { row, group } = line;
  const { start, length } =
    group < 0
      ? { start: columns.start[row] ?? 0, length: columns.duration[row] ?? 0 }
      : figuresOfGroup(trace, model.lines, group);
  model.setRange(pannedTo(model.range, start, length, duration));
}
