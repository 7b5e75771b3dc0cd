import type { CodeLocation } from '../../code/location.ts';
import { lineKey } from '../../matching/lookups.ts';
import type { MappedTrace } from '../../matching/mappedTrace.ts';
import { isMatch } from '../../matching/match.ts';
import { differenceOf, type ComparedLine } from '../../trace/compare/comparison.ts';
import type { LineTime, TraceTimes } from './timesByLine.ts';

/** What two traces have at a line, and what is there. */
export interface LocatedLine extends ComparedLine {
  readonly location: CodeLocation;
  /** `post.findMany in UsersService.nPlusOne`. */
  readonly symbol: string;
}

/** A trace and what it spent at each line. */
export interface TimedTrace {
  readonly mapped: MappedTrace;
  readonly times: TraceTimes;
}

/** The lines of either trace, those with the largest differences in time first, then in calls. */
export function comparedLines(before: TimedTrace, after: TimedTrace): readonly LocatedLine[] {
  const pairs = new Map<string, [LineTime | undefined, LineTime | undefined]>();
  for (const line of after.times.lines) pairs.set(lineKey(line.location), [undefined, line]);
  for (const line of before.times.lines) {
    const key = lineKey(line.location);
    pairs.set(key, [line, pairs.get(key)?.[1]]);
  }
  const lines = [...pairs.values()].flatMap(([was, is]) => {
    const line = is ?? was;
    if (!line) return [];
    const { mapped } = is ? after : before;
    return [
      {
        location: line.location,
        symbol: symbolOf(mapped, line),
        calls: [was?.calls ?? 0, is?.calls ?? 0] as const,
        self: [was?.self ?? 0, is?.self ?? 0] as const,
      },
    ];
  });
  const change = (line: ComparedLine, of: 'calls' | 'self') => Math.abs(differenceOf(line[of]));
  return lines.sort(
    (a, b) => change(b, 'self') - change(a, 'self') || change(b, 'calls') - change(a, 'calls'),
  );
}

function symbolOf({ matches }: MappedTrace, { rows }: LineTime): string {
  const match = matches[rows[0] ?? -1];
  return match && isMatch(match) ? match.symbol : '';
}
