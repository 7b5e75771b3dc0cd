import type { CodeLocation } from '../../code/location.ts';
import { lineKey } from '../../matching/lookups.ts';
import type { MappedTrace } from '../../matching/mappedTrace.ts';
import { isMatch, type Confidence } from '../../matching/match.ts';
import { differenceOf, type ComparedLine } from '../../trace/compare/comparison.ts';
import type { LineTime, TraceTimes } from './timesByLine.ts';

/** What two traces have at a line, and what is there. */
export interface LocatedLine extends ComparedLine {
  readonly location: CodeLocation;
  /** `post.findMany in UsersService.nPlusOne`. */
  readonly symbol: string;
  readonly confidence: Confidence | 'unmapped';
}

/** A trace and what it spent at each line. */
export interface TimedTrace {
  readonly mapped: MappedTrace;
  readonly times: TraceTimes;
}

/** The lines of either trace, those with the largest differences in time first, then in calls and in failures. */
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
        ...whatIsAt(mapped, line),
        calls: [was?.calls ?? 0, is?.calls ?? 0] as const,
        errors: [was?.errors ?? 0, is?.errors ?? 0] as const,
        self: [was?.self ?? 0, is?.self ?? 0] as const,
        critical: [was?.total ?? 0, is?.total ?? 0] as const,
      },
    ];
  });
  const change = (line: ComparedLine, of: 'calls' | 'errors' | 'self') =>
    Math.abs(differenceOf(line[of]));
  return lines.sort(
    (a, b) =>
      change(b, 'self') - change(a, 'self') ||
      change(b, 'calls') - change(a, 'calls') ||
      change(b, 'errors') - change(a, 'errors'),
  );
}

function whatIsAt(
  { matches }: MappedTrace,
  { rows }: LineTime,
): Pick<LocatedLine, 'symbol' | 'confidence'> {
  const match = matches[rows[0] ?? -1];
  if (!match || !isMatch(match)) return { symbol: '', confidence: 'unmapped' };
  return { symbol: match.symbol, confidence: match.confidence };
}
