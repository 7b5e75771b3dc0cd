import { formatCount, formatDuration, formatPercent } from '../core/base/format.ts';
import { message } from '../core/base/message.ts';
import { quantileNames } from '../core/correlate/durations/durations.ts';
import type { Figures } from '../core/correlate/figures/figures.ts';
import { errorShare, mixedParts, quantileText } from '../core/correlate/figures/figuresText.ts';
import type { EndpointLine } from './endpointLines.ts';
import type { Paint } from './paint.ts';
import { cell, fitted, widthOf } from './textColumns.ts';

const figureHeadings = ['p50', 'p95', 'p99', 'max', 'total', 'errors', 'count'] as const;
const longestEndpoint = 60;
const longestHandler = 50;

/**
 * The Endpoints table, a line a row, the headings first.
 * @param shares of the time that all of them took: a column in front
 */
export function endpointsText(
  lines: readonly EndpointLine[],
  paint: Paint,
  shares?: readonly string[],
): readonly string[] {
  const headings = shares === undefined ? figureHeadings : ['share', ...figureHeadings];
  const rows = lines.map((line, at) => ({
    line,
    figures: [...(shares === undefined ? [] : [shares[at] ?? '-']), ...figureCells(line)],
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
      const failing = line.figures !== undefined && (errorShare(line.figures) ?? 0) > 0;
      const mixed = line.figures ? mixedParts(line.figures).map(cell) : [];
      const note = mixed.map((text) => `  ${paint('dim', text)}`).join('');
      return `${failing ? paint('red', numbers) : numbers}  ${fitted(endpoint, endpointWidth)}  ${fitted(handler, handlerWidth)}  ${place}${note}`;
    }),
  ];
}

const placeOf = ({ file, line }: EndpointLine): string => `${cell(file)}:${line ?? 1}`;

function figureCells({ figures }: EndpointLine): readonly string[] {
  if (figures === undefined) return figureHeadings.map(() => '-');
  const { max, total, count } = figures;
  return [
    ...quantileNames.map((name) => quantileText(figures, name) ?? '-'),
    ...[max, total].map((value) => (value === undefined ? '-' : formatDuration(value))),
    errorCell(figures),
    formatCount(count),
  ];
}

/** How many failed; of a sample the share and its size. */
function errorCell({ errors, errorSample }: Figures): string {
  if (errorSample)
    return message(
      '{0} (sample of {1})',
      formatPercent(errorSample.share),
      formatCount(errorSample.of),
    );
  return errors === undefined ? '-' : formatCount(errors);
}
