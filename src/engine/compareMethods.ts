import { setImmediate } from 'node:timers/promises';
import { onceEach } from '../core/base/onceEach.ts';
import { spanRow, type SpanRow } from '../core/base/units.ts';
import { comparedLines } from '../core/correlate/lines/comparedLines.ts';
import { timesByLine } from '../core/correlate/lines/timesByLine.ts';
import { ComparedPlaces } from '../core/explain/compare/comparedPlaces.ts';
import { lineKey } from '../core/matching/lookups.ts';
import type { MappedTrace } from '../core/matching/mappedTrace.ts';
import { comparedTrace } from '../core/trace/compare/comparedTrace.ts';
import type { Handlers } from '../protocol/rpc.ts';
import type { EngineParts } from './engineParts.ts';
import { keptTrace, mappedOf, type KeptTrace } from './keptTraces.ts';
import type { ComparedPart, EngineMethods } from './methods.ts';
import { similarTraces } from './similarTraces.ts';
import { tracedBy } from './tracedBy.ts';

type CompareMethods = Pick<EngineMethods, 'compareTraces' | 'comparedRows' | 'similarTraces'>;

/** Of an answer at most: what a reader can take in, and a message of some hundred kB. */
const mostCalls = 2_000;
const mostLines = 500;

/** Two traces side by side: merged once for each mapping of both, while both are kept. */
export function compareMethods(parts: EngineParts): Handlers<CompareMethods> {
  const { correlation } = parts;
  /** By the trace that is looked at, then by the other one. */
  const remembered = onceEach<MappedTrace, WeakMap<MappedTrace, ComparedPlaces>>(
    () => new WeakMap(),
  );
  const merged = async (before: MappedTrace, after: MappedTrace, signal: AbortSignal) => {
    const known = remembered(after).get(before);
    if (known) return known;
    const places = new ComparedPlaces();
    places.add(1, after);
    await breath(signal);
    places.add(0, before);
    await breath(signal);
    remembered(after).set(before, places);
    return places;
  };
  const both = async (traceId: string, other: string, signal: AbortSignal) => {
    const after = keptTrace(parts.traces, traceId);
    return { before: await tracedBy(parts, other, signal), after };
  };
  const timed = (kept: KeptTrace) => {
    const mapped = mappedOf(kept);
    return { mapped, times: timesByLine(mapped)(correlation.index) };
  };
  return {
    compareTraces: async ({ traceId, other }, signal) => {
      const { before, after } = await both(traceId, other, signal);
      const places = await merged(mappedOf(before), mappedOf(after), signal);
      const [was, is] = [timed(before), timed(after)];
      const lines = comparedLines(was, is);
      return {
        traces: [sideOf(before), sideOf(after)],
        calls: places.calls(mostCalls),
        callCount: places.tree.size,
        lines: lines.slice(0, mostLines),
        lineCount: lines.length,
      };
    },
    similarTraces: ({ traceId, window }, signal) => similarTraces(parts, traceId, window, signal),
    comparedRows: async ({ traceId, other, of }, signal) => {
      if ('line' in of) return rowsOfLine(timed(keptTrace(parts.traces, traceId)).times.lines, of);
      const { before, after } = await both(traceId, other, signal);
      const places = await merged(mappedOf(before), mappedOf(after), signal);
      return places.rowsOf(1, of.call).map(spanRow);
    },
  };
}

const sideOf = ({ built, answer }: KeptTrace) => comparedTrace(built.trace, answer.reason);

function rowsOfLine(
  lines: ReturnType<ReturnType<typeof timesByLine>>['lines'],
  { line }: Extract<ComparedPart, { readonly line: unknown }>,
): readonly SpanRow[] {
  const key = lineKey(line);
  return lines.find(({ location }) => lineKey(location) === key)?.rows ?? [];
}

/** Other requests are answered in between. */
async function breath(signal: AbortSignal): Promise<void> {
  await setImmediate();
  signal.throwIfAborted();
}
