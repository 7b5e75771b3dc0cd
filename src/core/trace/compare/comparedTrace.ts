import { formatCount, formatDuration } from '../../base/format.ts';
import { message } from '../../base/message.ts';
import { microseconds, type EpochMicroseconds, type Microseconds } from '../../base/units.ts';
import { adjustClocks } from '../adjustClocks.ts';
import { mainRoot } from '../mainRoot.ts';
import type { Trace } from '../trace.ts';

/** One of two traces that are compared. */
export interface ComparedTrace {
  readonly traceId: string;
  /** What its main root is called; hostile text. */
  readonly name: string;
  readonly start: EpochMicroseconds;
  readonly duration: Microseconds;
  readonly size: number;
  /** What makes its figures less certain, a sentence each. */
  readonly notes: readonly string[];
}

/** @param reason why it isn't whole, as a sentence; empty when it is */
export function comparedTrace(trace: Trace, reason: string): ComparedTrace {
  const { traceId, start, duration, size, operations, columns } = trace;
  const name = operations[columns.operation[mainRoot(columns)] ?? -1] ?? '';
  return { traceId, name, start, duration, size, notes: notesOf(trace, reason) };
}

function notesOf(trace: Trace, reason: string): readonly string[] {
  const { parent } = trace.columns;
  const lost = trace.spans.filter(
    ({ parentSpanId }, row) => parentSpanId !== undefined && parent[row] === -1,
  ).length;
  const unended = trace.spans.filter((span) => span.unended === true).length;
  const [shift] = adjustClocks(trace).shifts;
  return [
    ...(reason === '' ? [] : [reason]),
    ...(lost > 0
      ? [message('Spans without their parent, compared by themselves: {0}.', formatCount(lost))]
      : []),
    ...(unended > 0
      ? [message("Spans that haven't ended, counted without time: {0}.", formatCount(unended))]
      : []),
    ...(shift
      ? [
          message(
            'Clocks differ by up to {0}; times on the critical path are less certain.',
            formatDuration(microseconds(Math.abs(shift.shift))),
          ),
        ]
      : []),
  ];
}
