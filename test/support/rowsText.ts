import { formatCount, formatDuration } from '../../src/core/base/format.ts';
import { microseconds } from '../../src/core/base/units.ts';
import { buildTrace } from '../../src/core/trace/build.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { indentOf, isCompressed } from '../../src/core/waterfall/indent.ts';
import { refAt } from '../../src/core/waterfall/lineRefs.ts';
import { openedTrace } from '../../src/engine/openedTrace.ts';
import { WaterfallModel } from '../../media/waterfall/model.ts';
import type { PageTrace } from '../../media/waterfall/openTrace.ts';
import { lineContent } from '../../media/waterfall/rows/lineContent.ts';
import type { OpenedTrace } from '../../src/protocol/waterfall.ts';
import { shopIndex } from './handMadeShop.ts';
import { mapSpans } from './mapTrace.ts';

// Nothing is drawn: what the page would draw in its next frame is read from its model.
globalThis.requestAnimationFrame = () => 0;

/** A trace as the engine hands it to the page, mapped to the hand-made shop. @param traceIds of those shown as one */
export function openedFrom(
  spans: readonly RawSpan[],
  traceIds: readonly string[] = [],
): OpenedTrace {
  const built = buildTrace(spans, traceIds);
  const { matches } = mapSpans(spans, shopIndex);
  const joined = traceIds.slice(1);
  const answer = {
    spans,
    complete: true,
    reason: '',
    dropped: [],
    droppedCount: 0,
    joined,
  } as const;
  return openedTrace({ built, answer, matches });
}

/** A page's model, as it opens. */
export function pageOf(opened: OpenedTrace): WaterfallModel {
  const model = new WaterfallModel();
  model.show(opened);
  return model;
}

/** Px that the names' column has. */
const namesWidth = 400;
/** Lines shown of a long list, at its beginning and at its end. */
const shownAtEnds = 8;

/**
 * The rows of a page as text: indent, `+` folded or `-` open, name, other service, line of code, start, time, and what
 * color and shape say; `>` is selected. Of very many rows the first and the last.
 */
export function rowsText(model: WaterfallModel): string {
  const { trace, lines } = model;
  if (!trace) return model.failure;
  const { problems, shape } = trace.opened;
  const spans = formatCount(lines.count - lines.heads);
  const head = `${formatCount(lines.count)} rows, ${spans} of ${formatCount(shape.size)} spans, ${formatDuration(shape.duration)}`;
  const shown = Array.from({ length: lines.count }, (_, line) => line).filter(
    (line) => line < shownAtEnds || line >= lines.count - shownAtEnds,
  );
  const cells = shown.map((line) => rowCells(model, trace, line));
  const widths = [0, 1, 2].map((column) =>
    Math.min(80, Math.max(...cells.map((row) => row[column]?.length ?? 0))),
  );
  const rows = cells.map(([name = '', start = '', time = '', marks = '']) => {
    const columns = [name.padEnd(widths[0]!), start.padStart(widths[1]!), time.padEnd(widths[2]!)];
    return [...columns, marks].join('  ').trimEnd();
  });
  const left = lines.count - shown.length;
  if (left > 0) rows.splice(shownAtEnds, 0, `  … ${formatCount(left)} rows …`);
  const said = problems.slice(0, shownAtEnds).map(({ message, row }) => {
    return `! ${trace.text.operation(row)}: ${message}`;
  });
  return [head, ...rows, ...said].join('\n');
}

function rowCells(model: WaterfallModel, trace: PageTrace, line: number): readonly string[] {
  const ref = refAt(model.lines, line);
  if (!ref) return [];
  const content = lineContent(model, trace, ref);
  const level = model.lines.level[line] ?? 0;
  const limit = namesWidth * 0.4;
  const { selection } = model;
  const isSelected = selection?.row === ref.row && selection.group === ref.group;
  const twistie = content.isParent ? (content.isFolded ? '+' : '-') : ' ';
  const name = [
    isCompressed(level, limit) ? formatCount(level) : '',
    content.count,
    content.operation,
    content.repeats,
    content.origin && `<${content.origin}>`,
    content.service && `[${content.service}]`,
    content.place && `${content.place} (${content.confidence})`,
  ].filter((part) => part !== '');
  const indent = ' '.repeat(Math.round(indentOf(level, limit) / 7));
  return [
    `${isSelected ? '>' : ' '} ${indent}${twistie} ${name.join(' ')}`,
    formatDuration(microseconds(content.start)),
    content.time,
    content.classes.filter((one) => marks.has(one)).join(' '),
  ];
}

/** Classes of a row that say something, but for those of its colors and of what its text says. */
const marks = new Set(['error', 'critical', 'match', 'no-match', 'joined-root']);
