import type { SpanRow } from '../../../src/core/base/units.ts';
import { lineOf, lineShowing, refAt } from '../../../src/core/waterfall/lineRefs.ts';
import type { WaterfallModel } from '../model.ts';

/** A line of code may have run a hundred thousand times: among so many spans the selection is looked for. */
const lookedThrough = 1_000;

/**
 * Selects the first of these spans for someone who reads the code, not the page: rows stay folded (what shows the span is
 * selected), a filter stays, nothing is said, and a selection that is one of the spans stays too. Where nothing is filtered
 * they are marked.
 */
export function pointOut(model: WaterfallModel, rows: readonly SpanRow[], label: string): void {
  const { trace, selection } = model;
  if (!trace) return;
  if (model.filter === '' && !model.onlyMatches) model.setMarks(rows, label);
  const { lines } = model;
  const { groups, opened } = trace;
  const shown = rows
    .slice(0, lookedThrough)
    .map((row) => lineShowing(opened.shape, groups, lines, row));
  if (selection && shown.includes(lineOf(lines, selection))) return;
  model.selectLine(refAt(lines, shown[0] ?? -1));
}
