import { SourceError } from '../../../src/core/base/sourceError.ts';
import { epochMicroseconds, microseconds, spanRow } from '../../../src/core/base/units.ts';
import { comparedLines } from '../../../src/core/correlate/lines/comparedLines.ts';
import { timesByLine } from '../../../src/core/correlate/lines/timesByLine.ts';
import { ComparedPlaces } from '../../../src/core/explain/compare/comparedPlaces.ts';
import type { MappedTrace } from '../../../src/core/matching/mappedTrace.ts';
import { buildTrace } from '../../../src/core/trace/build.ts';
import { comparedTrace } from '../../../src/core/trace/compare/comparedTrace.ts';
import type { RawSpan } from '../../../src/core/trace/rawSpan.ts';
import type { Trace } from '../../../src/core/trace/trace.ts';
import { emptyIndex } from '../../../src/engine/emptyIndex.ts';
import { ComparedTrace } from '../../../src/host/waterfall/comparedTrace.ts';
import type { Handlers } from '../../../src/protocol/rpc.ts';
import type { CompareMethods } from '../../../src/protocol/traceComparison.ts';
import { matchesOf } from './fakeCosts.ts';
import { storyTrace } from './traces.ts';

/** What the user of the fake host compares with: the story with fewer items, itself, something else, or what isn't there. */
export type OtherTrace = 'shorter' | 'same' | 'foreign' | 'missing';

/** As the host answers once another trace was chosen. */
export function fakeCompare(trace: () => Trace, other: OtherTrace): Handlers<CompareMethods> {
  const merged = () => {
    const [before, after] = [mapped(otherTrace(other, trace())), mapped(trace())];
    const places = new ComparedPlaces();
    places.add(1, after);
    places.add(0, before);
    return { before, after, places };
  };
  return new ComparedTrace({
    trace: {
      compare: () => {
        if (other === 'missing')
          return Promise.reject(new SourceError('notFound', 'Trace 4bf92f35 was not found.'));
        const { before, after, places } = merged();
        const lines = comparedLines(timed(before), timed(after));
        const isCut = other === 'foreign';
        return Promise.resolve({
          traces: [
            comparedTrace(before.trace, isCut ? cutReason : ''),
            comparedTrace(after.trace, ''),
          ],
          calls: places.calls(2_000),
          callCount: places.tree.size,
          lines,
          lineCount: lines.length,
        });
      },
      comparedRows: (_, of) => {
        const { after, places } = merged();
        if ('call' in of) return Promise.resolve(places.rowsOf(1, of.call).map(spanRow));
        const line = timed(after).times.lines.find(
          ({ location }) => location.line === of.line.line,
        );
        return Promise.resolve(line?.rows ?? []);
      },
      keyOf: (traceId) => Promise.resolve(traceId),
    },
    choose: () => Promise.resolve('b'.repeat(32)),
    openTrace: () => Promise.resolve(),
    openCode: () => Promise.resolve({ opened: true, reason: '' }),
  }).handlers();
}

const cutReason = 'Only the first 1,000 spans were read.';

const mapped = (trace: Trace): MappedTrace => ({ trace, matches: matchesOf(trace) });
const timed = (of: MappedTrace) => ({ mapped: of, times: timesByLine(of)(emptyIndex) });

function otherTrace(other: OtherTrace, own: Trace): Trace {
  if (other === 'same') return own;
  const spans = other === 'foreign' ? foreign() : shorterStory();
  return buildTrace(spans.map((span) => ({ ...span, traceId: 'b'.repeat(32) }))).trace;
}

const foreign = (): readonly RawSpan[] =>
  storyTrace()
    .slice(0, 2)
    .map((span, at) => ({ ...span, name: at === 0 ? 'GET /health' : 'check' }));

/** Items that the shorter story removes. */
const keptItems = 9;

/** The same request with 9 items, and with a look into a cache that the longer one doesn't have. */
function shorterStory(): readonly RawSpan[] {
  const spans = storyTrace();
  const items = spans.filter(({ attributes }) =>
    attributes.some(({ key, value }) => key === 'name' && value === 'OrderItem.delete'),
  );
  const left = new Set(items.slice(keptItems).map(({ spanId }) => spanId));
  const [first, last] = [items[keptItems], items.at(-1)];
  if (!first || !last) return spans;
  const cut = last.start + last.duration - first.start;
  const kept = spans.filter(
    ({ spanId, parentSpanId = '' }) => !left.has(spanId) && !left.has(parentSpanId),
  );
  const moved = kept.map((span) => {
    if (span.start >= first.start) return { ...span, start: epochMicroseconds(span.start - cut) };
    const isAround = span.start + span.duration > last.start;
    return isAround ? { ...span, duration: microseconds(span.duration - cut) } : span;
  });
  const handler = items[0]?.parentSpanId;
  return [
    ...moved,
    {
      ...first,
      spanId: 'cac4e00000000000',
      parentSpanId: handler,
      name: 'cache.get',
      attributes: [],
      start: epochMicroseconds((items[0]?.start ?? 0) - 12_000),
      duration: microseconds(11_000),
    },
  ];
}
