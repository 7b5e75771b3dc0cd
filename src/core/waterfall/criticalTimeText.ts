import { formatExactDuration } from '../base/format.ts';
import { message } from '../base/message.ts';
import { microseconds, type SpanRow } from '../base/units.ts';
import type { TraceColumns } from '../trace/trace.ts';
import { criticalTimeOf, subtreeOf } from './barParts.ts';

/**
 * How much of the critical path is a row's own time, and how much with all below it: `12.3 ms; 1.82 s with what it
 * calls`. `no` where it isn't on the path.
 */
export function criticalTimeText(columns: TraceColumns, row: SpanRow): string {
  if (columns.critical[row] !== 1) return message('no');
  const exact = (time: number) => formatExactDuration(microseconds(time));
  const own = columns.criticalTime[row] ?? 0;
  const all = criticalTimeOf(columns, [subtreeOf(columns, row)]);
  if (all === own) return exact(own);
  return own === 0
    ? message('{0} in what it calls', exact(all))
    : message('{0}; {1} with what it calls', exact(own), exact(all));
}
