import type { LocatedLine } from '../core/correlate/lines/comparedLines.ts';
import type { LocatedCall } from '../core/explain/compare/comparedPlaces.ts';
import type { CodeLocation } from '../core/code/location.ts';
import type { TraceComparison } from '../engine/methods.ts';
import { compareSentence } from './compareSentence.ts';
import { shownPath } from './shownPath.ts';

/**
 * A comparison as `--json` gives it: pairs of numbers are of the first and the second trace, times in µs. `file` (relative
 * to the workspace) and `line` are null where no line is known; of a `weak` path they are those of the method around it.
 * @param sources where each trace is from
 * @param dir the workspace
 */
export function compareJson(
  answer: TraceComparison,
  sources: readonly [string, string],
  dir: string,
): object {
  const { traces, lines, lineCount, calls, callCount } = answer;
  return {
    traces: traces.map(({ traceId, name, start, duration, size, notes }, side) => ({
      source: sources[side],
      traceId,
      name,
      start,
      duration,
      spanCount: size,
      notes,
    })),
    sentence: compareSentence(answer),
    lines: lines.map((line) => lineJson(line, dir)),
    lineCount,
    paths: calls.map((call) => pathJson(call, dir)),
    pathCount: callCount,
  };
}

/** Both times are of the critical path: `self` is in no other line, `critical` with everything below. */
const lineJson = ({ location, symbol, confidence, ...line }: LocatedLine, dir: string) => ({
  ...placeJson(location, dir),
  symbol,
  confidence,
  calls: line.calls,
  errors: line.errors,
  self: line.self,
  critical: line.critical,
});

/**
 * `parent`: position of what calls it. `critical`: of the critical path with everything below; `total` and `self`: durations
 * added up, with and without what is called.
 */
function pathJson(call: LocatedCall, dir: string) {
  const { parent, name, service, location, confidence, calls, errors, critical, total, self } =
    call;
  return {
    parent: parent < 0 ? null : parent,
    ...placeJson(location, dir),
    symbol: name,
    service,
    confidence,
    calls,
    errors,
    critical,
    total,
    self,
  };
}

const placeJson = (location: CodeLocation | undefined, dir: string) =>
  location === undefined
    ? { file: null, line: null }
    : { file: shownPath(dir, location.path), line: location.line };
