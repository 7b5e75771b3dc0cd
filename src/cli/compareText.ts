import { spansText } from '../core/base/countText.ts';
import { formatCount, formatDuration } from '../core/base/format.ts';
import { message } from '../core/base/message.ts';
import type { ComparedTrace } from '../core/trace/compare/comparedTrace.ts';
import { differenceOf } from '../core/trace/compare/comparison.ts';
import { countsText, signedDuration, timesText } from '../core/trace/compare/differenceText.ts';
import type { TraceComparison } from '../engine/methods.ts';
import { lineDifferences, pathDifferences, type Difference } from './compareRows.ts';
import { compareSentence } from './compareSentence.ts';
import type { Paint } from './paint.ts';
import { cell, fitted, widthOf } from './textColumns.ts';

/** Rows at most: with headings and notes no more than 40 lines below the sentence. */
const shown = { lines: 15, paths: 6 };
const longestSymbol = 60;
const longestNumber = 40;

/**
 * A comparison for people: a sentence, which traces it is of, and what differs most, by line of the code, then by path where
 * no line is known.
 * @param dir the workspace
 */
export function compareText(answer: TraceComparison, dir: string, paint: Paint): readonly string[] {
  const { traces, lineCount, callCount } = answer;
  const lines = lineDifferences(answer, dir);
  const paths = pathDifferences(answer);
  const [shownLines, shownPaths] = [lines.slice(0, shown.lines), paths.slice(0, shown.paths)];
  const table = tableOf([...shownLines, ...shownPaths], paint);
  return [
    paint('bold', compareSentence(answer)),
    '',
    ...sidesText(traces, paint),
    '',
    ...table('line', shownLines, lines.length + lineCount - answer.lines.length),
    ...table(
      'no line known, with everything below',
      shownPaths,
      paths.length + callCount - answer.calls.length,
    ),
  ];
}

/** Which traces they are, and what makes their times less certain. */
function sidesText(traces: TraceComparison['traces'], paint: Paint): readonly string[] {
  const names = [message('First trace'), message('Second trace')];
  const width = widthOf(names, longestNumber);
  return [
    ...traces.map((trace, side) => `${fitted(names[side] ?? '', width)}  ${traceText(trace)}`),
    ...traces.flatMap(({ notes }, side) =>
      notes.map((note) => paint('dim', cell(`${names[side] ?? ''}: ${note}`))),
    ),
  ];
}

const traceText = ({ traceId, name, duration, size }: ComparedTrace): string =>
  [traceId, formatDuration(duration), spansText(size), cell(name)].join(' · ');

const headings = ['calls', 'critical path', 'difference'] as const;

/** Makes tables, of `count` rows the first, whose columns are as wide as all of these rows need. */
function tableOf(all: readonly Difference[], paint: Paint) {
  const widths = headings.map((heading, column) =>
    widthOf([heading, ...all.map((one) => numbersOf(one)[column] ?? '')], longestNumber),
  );
  const symbolWidth = widthOf(
    all.map(({ symbol }) => cell(symbol)),
    longestSymbol,
  );
  const right = (cells: readonly string[]) =>
    cells.map((text, column) => fitted(text, widths[column] ?? 0, 'right'));
  const rowText = (row: Difference) => {
    const [calls = '', times = '', difference = ''] = right(numbersOf(row));
    const isSlower = differenceOf(row.times) > 0;
    return [
      calls,
      times,
      isSlower ? paint('red', difference) : difference,
      fitted(cell(row.symbol), symbolWidth),
      paint('cyan', cell(row.place)),
    ].join('  ');
  };
  return (title: string, rows: readonly Difference[], count: number): readonly string[] =>
    rows.length === 0
      ? []
      : [
          paint('bold', [...right(headings), title].join('  ')),
          ...rows.map(rowText),
          ...leftOut(count - rows.length),
          '',
        ];
}

const numbersOf = ({ calls, errors, times }: Difference): readonly string[] => [
  countsText({ calls, errors }),
  timesText(calls, times),
  signedDuration(differenceOf(times)),
];

const leftOut = (count: number): readonly string[] =>
  count === 0
    ? []
    : [message('{0} more with smaller differences. Use --json to list them.', formatCount(count))];
