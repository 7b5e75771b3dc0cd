import { formatCount, formatDuration } from '../core/base/format.ts';
import { microseconds } from '../core/base/units.ts';
import type { FoldedLine } from './foldRepeats.ts';
import type { Paint } from './paint.ts';
import { certaintyWord } from './spanLines.ts';
import { cell, fitted, widthOf } from './textColumns.ts';

const barWidth = 24;
const deepestIndent = 20;
const longestOperation = 58;
const longestService = 20;
const blocks = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/**
 * A trace as text, a line a span: operation, service, start, duration, bar, confidence and place.
 * `duration` is the trace's, in µs. Folded spans have their number, their total and a lighter bar.
 */
export function waterfallText(
  lines: readonly FoldedLine[],
  duration: number,
  paint: Paint,
): readonly string[] {
  const cells = lines.map((line) => ({
    line,
    operation: operationCell(line),
    service: cell(line.span.service),
    start: formatDuration(microseconds(line.start)),
    duration: formatDuration(microseconds(line.duration)),
  }));
  const widths = {
    operation: widthOf(
      cells.map(({ operation }) => operation),
      longestOperation,
    ),
    service: widthOf(
      cells.map(({ service }) => service),
      longestService,
    ),
    start: widthOf(
      cells.map(({ start }) => start),
      12,
    ),
    duration: widthOf(
      cells.map((line) => line.duration),
      12,
    ),
  };
  return cells.map(({ line, operation, service, ...text }) => {
    const { span } = line;
    const name = fitted(operation, widths.operation);
    return [
      span.error ? paint('red', name) : name,
      fitted(service, widths.service),
      fitted(text.start, widths.start, 'right'),
      fitted(text.duration, widths.duration, 'right'),
      paint(span.error ? 'red' : 'cyan', fitted(bar(line, duration), barWidth)),
      fitted(certaintyWord(span), 11),
      placeCell(line, paint),
    ]
      .join('  ')
      .trimEnd();
  });
}

function operationCell({ span, operation, count }: FoldedLine): string {
  const indent = '  '.repeat(Math.min(span.depth, deepestIndent));
  const deeper = span.depth > deepestIndent ? `(${formatCount(span.depth)}) ` : '';
  const times = count > 1 ? ` ×${formatCount(count)}` : '';
  const failed = span.error ? ' !' : '';
  return `${indent}${deeper}${cell(operation)}${times}${failed}`;
}

function placeCell({ span }: FoldedLine, paint: Paint): string {
  const { location } = span;
  if (location) return `${cell(location.file)}:${location.line}`;
  return span.depth === 0 ? paint('dim', cell(span.reason)) : '';
}

/** Where the span lies in the trace, to an eighth of a column; folded ones in a lighter shade. */
function bar({ start, end, count }: FoldedLine, duration: number): string {
  const scale = duration > 0 ? barWidth / duration : 0;
  const first = Math.min(barWidth - 1, Math.floor(start * scale));
  const eighths = Math.max(1, Math.round((Math.min(end * scale, barWidth) - first) * 8));
  const whole = Math.floor(eighths / 8);
  const rest = blocks[eighths % 8] ?? '';
  if (count > 1) return ' '.repeat(first) + '▒'.repeat(Math.max(1, Math.round(eighths / 8)));
  return ' '.repeat(first) + '█'.repeat(whole) + rest;
}
