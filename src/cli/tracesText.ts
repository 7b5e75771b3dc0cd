import { formatCount, formatDuration } from '../core/base/format.ts';
import type { TraceSummary } from '../core/ports.ts';
import type { Paint } from './paint.ts';
import { pointInTimeText } from './pointInTime.ts';
import { cell, fitted, widthOf } from './textColumns.ts';

const longestService = 30;
const longestOperation = 60;

interface Column {
  readonly heading: string;
  readonly align: 'left' | 'right';
  /** Columns of the terminal at most. */
  readonly most: number;
  readonly text: (trace: TraceSummary) => string;
}

const columns: readonly Column[] = [
  { heading: 'start', align: 'left', most: 23, text: ({ start }) => pointInTimeText(start) },
  {
    heading: 'duration',
    align: 'right',
    most: 14,
    text: ({ duration }) => formatDuration(duration),
  },
  { heading: 'spans', align: 'right', most: 9, text: ({ spanCount }) => formatCount(spanCount) },
  { heading: 'errors', align: 'right', most: 9, text: ({ errorCount }) => formatCount(errorCount) },
  {
    heading: 'service',
    align: 'left',
    most: longestService,
    text: (trace) => cell(trace.rootService),
  },
  {
    heading: 'operation',
    align: 'left',
    most: longestOperation,
    text: (trace) => cell(trace.rootOperation),
  },
  { heading: 'trace ID', align: 'left', most: 32, text: ({ traceId }) => traceId },
];

/** A table of traces, a line each, the headings first; those with errors in red. */
export function tracesText(traces: readonly TraceSummary[], paint: Paint): readonly string[] {
  const texts = columns.map(({ heading, most, text }) => {
    const cells = [heading, ...traces.map(text)];
    return { cells, width: widthOf(cells, most) };
  });
  const line = (row: number) =>
    columns
      .map(({ align }, column) =>
        fitted(texts[column]?.cells[row] ?? '', texts[column]?.width ?? 0, align),
      )
      .join('  ')
      .trimEnd();
  return [
    paint('bold', line(0)),
    ...traces.map(({ errorCount }, index) =>
      errorCount > 0 ? paint('red', line(index + 1)) : line(index + 1),
    ),
  ];
}
