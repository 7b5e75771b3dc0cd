import { message } from '../../../../src/core/base/message.ts';
import {
  differenceOf,
  type ComparedCounts,
  type ComparedMeasure,
  type Sides,
} from '../../../../src/core/trace/compare/comparison.ts';
import {
  countsText,
  signedDuration,
  timesText,
} from '../../../../src/core/trace/compare/differenceText.ts';
import type { CompareKey } from '../../../../src/core/waterfall/compare/compareLines.ts';
import { operationName } from '../../traceText.ts';
import type { GridColumn, GridLine } from '../grid/gridLine.ts';

export const measureLabel = (measure: ComparedMeasure): string =>
  ({
    critical: () => message('Critical path'),
    total: () => message('Total'),
    self: () => message('Self time'),
  })[measure]();

const measureHint = (measure: ComparedMeasure): string =>
  ({
    critical: () => message('Time on the critical path, with everything below'),
    total: () => message('Durations added up; calls at the same time all count'),
    self: () => message('Time without children, added up'),
  })[measure]();

export const compareColumns = (
  by: 'path' | 'line',
  measure: ComparedMeasure,
): readonly GridColumn<CompareKey>[] => [
  {
    key: 'path',
    label: by === 'path' ? message('Call') : message('Code'),
    width: 190,
    isNumber: false,
  },
  { key: 'calls', label: message('Call count'), width: 120, isNumber: true },
  {
    key: 'time',
    label: message('Time'),
    hint: measureHint(by === 'path' ? measure : 'self'),
    width: 148,
    isNumber: true,
  },
  { key: 'difference', label: message('Difference'), width: 132, isNumber: true },
  { key: 'place', label: message('Line'), width: 176, isNumber: false },
];

const differenceColumn = 3;
const placeColumn = 4;

interface Compared extends ComparedCounts {
  readonly name: string;
  readonly place: string;
  readonly times: Sides;
}

/** What a call or a line says in each column, and its bar. @param scale the largest difference, µs */
export function comparedTexts(
  { name, place, calls, errors, times }: Compared,
  scale: number,
): Pick<GridLine, 'texts' | 'difference' | 'link'> {
  const difference = differenceOf(times);
  return {
    texts: [
      operationName(name),
      countsText({ calls, errors }),
      timesText(calls, times),
      signedDuration(difference),
      place,
    ],
    difference: { column: differenceColumn, of: scale === 0 ? 0 : difference / scale },
    ...(place !== '' && { link: placeColumn }),
  };
}
