import { formatExactDuration } from '../base/format.ts';
import { message } from '../base/message.ts';
import { microseconds, type SpanRow } from '../base/units.ts';
import type { TraceColumns } from '../trace/trace.ts';

/**
 * How much of the critical path is a row's own time; `yes` where only rows below it have parts of the path,
 * `no` where it isn't on it.
 */
export function criticalTimeText(columns: TraceColumns, row: SpanRow): string {
  const time = columns.criticalTime[row] ?? 0;
  if (time > 0) return formatExactDuration(microseconds(time));
  return columns.critical[row] === 1 ? message('yes') : message('no');
}
