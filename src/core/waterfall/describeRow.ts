import { formatCount, formatDuration } from '../base/format.ts';
import { message } from '../base/message.ts';
import { microseconds, type SpanRow } from '../base/units.ts';
import { shortened, visibleText } from '../base/visibleText.ts';
import { spanStatuses, type TraceShape } from '../trace/trace.ts';

/** What is known of a row besides its columns. */
export interface RowMarks {
  readonly confidence: 'unmapped' | 'weak' | 'likely' | 'strong' | 'exact';
  /** Spans of its request that share its call site; below 2: none but itself. */
  readonly repeats: number;
  readonly folded: boolean;
  readonly matched: boolean;
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
  spanStatuses[shape.columns.status[row] ?? 0] === 'error';

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
    columns.critical[row] === 1 ? message('on the critical path') : '',
    marks.repeats > 1
      ? message('one of {0} calls from this line in this request', formatCount(marks.repeats))
      : '',
    marks.folded && hidden > 0 ? foldedText(hidden) : '',
    marks.matched ? message('match') : '',
    confidenceLabel(marks.confidence),
  ];
  return parts.filter((part) => part !== '').join(', ');
}

const foldedText = (hidden: number): string =>
  hidden === 1 ? message('1 span collapsed') : message('{0} spans collapsed', formatCount(hidden));

const spokenText = (text: string | undefined): string => visibleText(shortened(text ?? '', 200));
