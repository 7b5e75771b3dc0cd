import { formatCount, formatDuration } from '../core/base/format.ts';
import type { EndpointLine } from './endpointLines.ts';
import type { Paint } from './paint.ts';
import { cell, fitted, widthOf } from './textColumns.ts';

const headings = ['p50', 'p95', 'p99', 'max', 'total', 'errors', 'count'] as const;
const longestEndpoint = 60;
const longestHandler = 50;

/** The Endpoints table, a line a row, the headings first. */
export function endpointsText(lines: readonly EndpointLine[], paint: Paint): readonly string[] {
  const rows = lines.map((line) => ({
    line,
    figures: figureCells(line),
    endpoint: cell(line.endpoint),
    handler: cell(line.handler === '' ? line.service : line.handler),
  }));
  const widths = headings.map((heading, column) =>
    widthOf([heading, ...rows.map(({ figures }) => figures[column] ?? '')], 20),
  );
  const endpointWidth = widthOf(['endpoint', ...rows.map((row) => row.endpoint)], longestEndpoint);
  const handlerWidth = widthOf(['handler', ...rows.map((row) => row.handler)], longestHandler);
  const right = (cells: readonly string[]) =>
    cells.map((text, column) => fitted(text, widths[column] ?? 0, 'right')).join('  ');
  const head = `${right(headings)}  ${fitted('endpoint', endpointWidth)}  ${fitted('handler', handlerWidth)}  file`;
  return [
    paint('bold', head),
    ...rows.map(({ line, figures, endpoint, handler }) => {
      const numbers = right(figures);
      const place =
        line.file === '' ? paint('dim', cell(line.reason)) : paint('cyan', placeOf(line));
      const failing = line.figures !== undefined && line.figures.errors > 0;
      return `${failing ? paint('red', numbers) : numbers}  ${fitted(endpoint, endpointWidth)}  ${fitted(handler, handlerWidth)}  ${place}`;
    }),
  ];
}

const placeOf = ({ file, line }: EndpointLine): string => `${cell(file)}:${line ?? 1}`;

function figureCells({ figures }: EndpointLine): readonly string[] {
  if (figures === undefined) return headings.map(() => '-');
  const { p50, p95, p99, max, total, errors, count } = figures;
  return [
    ...[p50, p95, p99, max, total].map(formatDuration),
    formatCount(errors),
    formatCount(count),
  ];
}
