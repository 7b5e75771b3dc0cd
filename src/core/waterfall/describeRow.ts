import { formatCount, formatDuration } from '../base/format.ts';
import { message } from '../base/message.ts';
import { microseconds, type Microseconds, type SpanRow } from '../base/units.ts';
import { shortened, visibleText } from '../base/visibleText.ts';
import { criticalTimeOf, subtreeOf } from './barParts.ts';
import type { GroupFigures } from './groups.ts';
import { errorStatus, type TraceShape } from '../trace/trace.ts';

/** What is known of a row besides its columns. */
export interface RowMarks {
  readonly confidence: 'unmapped' | 'weak' | 'likely' | 'strong' | 'exact';
  /** Spans of its request that share its call site; below 2: none but itself. */
  readonly repeats: number;
  /** Of the critical path, what those take together. */
  readonly repeatTime: Microseconds;
  readonly folded: boolean;
  readonly matched: boolean;
  /** Another trace, shown with this one, begins here. */
  readonly beginsTrace?: boolean;
}

/** How sure the mapping is, in words for a user. */
export function confidenceLabel(confidence: RowMarks['confidence']): string {
  switch (confidence) {
    case 'exact':
      return message('exact line');
    case 'strong':
      return message('very likely this line');
    case 'likely':
      return message('likely line');
    case 'weak':
      return message('line unknown; nearest known code shown');
    case 'unmapped':
      return message('no code location');
  }
}

export const isError = (shape: TraceShape, row: SpanRow): boolean =>
  shape.columns.status[row] === errorStatus;

/** What a screen reader speaks of a row: name, service, times, then what is marked by shape or color. */
export function describeRow(shape: TraceShape, row: SpanRow, marks: RowMarks): string {
  const { columns } = shape;
  const hidden = (columns.subtreeSize[row] ?? 1) - 1;
  const parts = [
    spokenText(shape.operations[columns.operation[row] ?? 0]),
    spokenText(shape.services[columns.service[row] ?? 0]),
    isError(shape, row) ? message('error') : '',
    formatDuration(microseconds(columns.duration[row] ?? 0)),
    message('starts at {0}', formatDuration(microseconds(columns.start[row] ?? 0))),
    spokenPath(shape, row, marks.folded),
    marks.repeats > 1
      ? message(
          'one of {0} calls from this line in this request, {1} on the critical path together',
          formatCount(marks.repeats),
          formatDuration(marks.repeatTime),
        )
      : '',
    marks.folded && hidden > 0 ? foldedText(hidden) : '',
    marks.beginsTrace ? message('a linked trace begins here') : '',
    marks.matched ? message('match') : '',
    confidenceLabel(marks.confidence),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** What a screen reader speaks of repeated siblings that one line stands for. */
export function describeGroup(
  name: string,
  service: string,
  { count, covered, total, p95, start, errors }: GroupFigures,
  isMatch: boolean,
  confidence: RowMarks['confidence'],
): string {
  const time = (value: number) => formatDuration(microseconds(value));
  const parts = [
    message('{0} calls of {1}', formatCount(count), spokenText(name)),
    spokenText(service),
    errors > 0 ? message('{0} failed', formatCount(errors)) : '',
    message('{0} together', time(covered)),
    total > covered * 1.01 ? message('{0} added up, some at the same time', time(total)) : '',
    message('95% within {0}', time(p95)),
    message('starts at {0}', time(start)),
    isMatch ? message('match') : '',
    confidenceLabel(confidence),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** How much of the critical path a row's line stands for: with all below it where that has no lines. */
function spokenPath({ columns }: TraceShape, row: SpanRow, isFolded: boolean): string {
  if (columns.critical[row] !== 1) return '';
  const rows = isFolded ? subtreeOf(columns, row) : { from: row, to: row + 1 };
  const time = criticalTimeOf(columns, [rows]);
  return time === 0
    ? message('on the critical path')
    : message('{0} on the critical path', formatDuration(microseconds(time)));
}

const foldedText = (hidden: number): string =>
  hidden === 1 ? message('1 span collapsed') : message('{0} spans collapsed', formatCount(hidden));

const spokenText = (text: string | undefined): string => visibleText(shortened(text ?? '', 200));
