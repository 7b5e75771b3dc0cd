import { formatCount, formatExactDuration } from '../../../src/core/base/format.ts';
import { message } from '../../../src/core/base/message.ts';
import { microseconds } from '../../../src/core/base/units.ts';
import { criticalTimeOf, subtreeOf } from '../../../src/core/waterfall/barParts.ts';
import { shownMembers } from '../../../src/core/waterfall/lineRefs.ts';
import type { Lines } from '../../../src/core/waterfall/lines.ts';
import { figuresOfGroup, placeOf, type PageTrace } from '../openTrace.ts';

/** What is known of repeated calls together: names and values, top to bottom. */
export function groupTooltip(
  trace: PageTrace,
  lines: Lines,
  group: number,
): readonly (readonly [string, string])[] {
  const { count, covered, total, p95, errors, start, length, costliest } = figuresOfGroup(
    trace,
    lines,
    group,
  );
  const exact = (value: number) => formatExactDuration(microseconds(value));
  const { columns } = trace.opened.shape;
  const members = shownMembers(trace.groups, lines, group);
  const onPath = criticalTimeOf(
    columns,
    Array.from(members, (member) => subtreeOf(columns, member)),
  );
  const place = placeOf(trace, costliest);
  return [
    [message('Service'), trace.text.service(costliest)],
    [message('Call count'), formatCount(count)],
    ...(errors > 0 ? [[message('Errors'), formatCount(errors)] as const] : []),
    [message('Together'), exact(covered)],
    [message('Total'), exact(total)],
    [message('95% within'), exact(p95)],
    [message('Starts at'), exact(start)],
    [message('Ends at'), exact(start + length)],
    ...(onPath === 0 ? [] : [[message('Critical path'), exact(onPath)] as const]),
    ...(place === '' ? [] : [[message('Code'), place] as const]),
  ];
}
