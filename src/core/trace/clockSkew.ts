import { formatDuration } from '../base/format.ts';
import { message } from '../base/message.ts';
import { microseconds } from '../base/units.ts';
import type { ProblemList } from './problemList.ts';
import { spanKinds, type TraceColumns, type TraceShape } from './trace.ts';

/** OpenTelemetry's JS SDK rounds starts to the millisecond: less than this says nothing. */
export const rounding = 1_000;
/** A server's span ends when its response is closed: some time after the caller has read it. */
export const lingering = 10_000;
const client = spanKinds.indexOf('client');
const server = spanKinds.indexOf('server');

/** Whether a span is the answer to the call above it: other work may begin, or end, long after what asked for it. */
export const answersCall = ({ kind, parent }: TraceColumns, row: number): boolean =>
  kind[row] === server && kind[parent[row] ?? -1] === client;

/**
 * Reports spans that cannot lie where they say: begun before their parent, or answering a call for longer
 * than the call took. Spans stay where they are. Work that a span leaves running is not a problem.
 */
export function reportClockSkew(
  shape: TraceShape,
  ignored: (row: number) => boolean,
  problems: ProblemList,
): void {
  const { start, duration, parent, service } = shape.columns;
  for (let row = 0; row < shape.size; row++) {
    const above = parent[row] ?? -1;
    if (above === -1 || ignored(row) || ignored(above)) continue;
    const early = (start[above] ?? 0) - (start[row] ?? 0);
    const late =
      (start[row] ?? 0) + (duration[row] ?? 0) - (start[above] ?? 0) - (duration[above] ?? 0);
    const own = shape.services[service[row] ?? 0] ?? '';
    const callers = shape.services[service[above] ?? 0] ?? '';
    if (early > rounding) {
      problems.add('outsideParent', row, () => sayEarly(early, own, callers));
    } else if (late > lingering && answersCall(shape.columns, row)) {
      problems.add('outsideParent', row, () => sayLate(late, own, callers));
    }
  }
}

function sayEarly(early: number, own: string, callers: string): string {
  const length = formatDuration(microseconds(early));
  return own === callers
    ? message('Starts {0} before its parent; shown as recorded.', length)
    : message(
        'Starts {0} before its parent because the clocks of {1} and {2} differ; shown as recorded.',
        length,
        own,
        callers,
      );
}

function sayLate(late: number, own: string, callers: string): string {
  return message(
    "Ends {0} after the call it responds to; the clocks of {1} and {2} differ, or the caller didn't wait. Shown as recorded.",
    formatDuration(microseconds(late)),
    own,
    callers,
  );
}
