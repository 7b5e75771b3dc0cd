import { randomBytes } from 'node:crypto';
import { epochMicroseconds, microseconds } from '../../../src/core/base/units.ts';
import type { TimeWindow } from '../../../src/core/base/timeWindow.ts';
import type { TraceQuery, TraceSource } from '../../../src/core/ports.ts';
import type { RawSpan } from '../../../src/core/trace/rawSpan.ts';
import { eventually } from '../eventually.ts';
import { makeSpan, type SpanSketch } from '../span.ts';
import type { SourceUnderTest } from '../sourceContract.ts';

/** Ten minutes ago, on an odd microsecond: what rounds it is found out. */
export const knownStart = epochMicroseconds((Date.now() - 10 * 60_000) * 1_000 + 123);
export const second = 1_000_000;
/** Around all that the contract sends. */
export const wholeWindow: TimeWindow = {
  start: epochMicroseconds(knownStart - 20 * 60 * second),
  end: epochMicroseconds(knownStart + 20 * 60 * second),
};
export const never = new AbortController().signal;

export const newTraceId = (): string => randomBytes(16).toString('hex');
export const newSpanId = (): string => randomBytes(8).toString('hex');
export const newService = (name: string): string => `${name}-${randomBytes(4).toString('hex')}`;

export type SentSpan = Omit<SpanSketch, 'id'> & { readonly id?: string };

/** A server span at `knownStart` unless said otherwise, with ids of its own. */
export const sentSpan = (sketch: SentSpan): RawSpan =>
  makeSpan({
    kind: 'server',
    start: knownStart,
    traceId: newTraceId(),
    ...sketch,
    id: sketch.id ?? newSpanId(),
  });

/** Sends, and waits until the source has each of the traces whole. */
export async function sendAndSee(
  underTest: SourceUnderTest,
  spans: readonly RawSpan[],
): Promise<void> {
  await underTest.send(spans);
  for (const [traceId, ofTrace] of Map.groupBy(spans, (span) => span.traceId))
    await eventually(
      `trace ${traceId}`,
      () => underTest.source.trace(traceId, never),
      (answer) => answer.spans.length >= ofTrace.length,
    );
}

export const query = (parts: Partial<TraceQuery>): TraceQuery => ({
  service: undefined,
  operation: undefined,
  minDuration: undefined,
  errorsOnly: false,
  window: wholeWindow,
  limit: 50,
  ...parts,
});

/** The ids found, in the order of the answer. */
export async function idsOf(source: TraceSource, parts: Partial<TraceQuery>): Promise<string[]> {
  const { traces } = await source.search(query(parts), never);
  return traces.map(({ traceId }) => traceId);
}

export const at = (offset: number) => epochMicroseconds(knownStart + offset);
export const µs = microseconds;

/** Names that break what isn't careful: markup, a command link, bidi and control characters, separators. */
export const hostileText =
  '<img src=x onerror=alert(1)> [x](command:spanhop.run) &amp; \u202Egnp.exe \u0007\u2028 "\'\\ %2F ?a=b#c';
