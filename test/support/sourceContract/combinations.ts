import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SearchAnswer, SoughtAttribute, TraceQuery } from '../../../src/core/ports.ts';
import type { RawSpan } from '../../../src/core/trace/rawSpan.ts';
import { at, second, sentSpan, µs } from './sent.ts';

const names = ['GET /a', 'GET /b', 'query'];
const tiers = ['gold', 'silver'];
const codes = [200, 500];
const lengths = [1, 1_000, 1_001, 250_000];
/** Traces begin in as many seconds. */
const seconds = 20;

/** Traces of three spans of two services, whose parts are mixed so that few are alike in all that is asked for. */
export function manySpans(parts: {
  readonly service: string;
  readonly other: string;
  readonly traces: number;
}): readonly RawSpan[] {
  return Array.from({ length: parts.traces }, (_, n) => {
    const root = sentSpan({ service: parts.service, ...mixed(n) });
    const { traceId, spanId: parent } = root;
    const below = [1, 2].map((step) => {
      const service = (n + step) % 4 === 0 ? parts.other : parts.service;
      return sentSpan({ service, ...mixed(n * 7 + step * 31), traceId, parent });
    });
    return [root, ...below];
  }).flat();
}

const mixed = (n: number) =>
  ({
    name: names[n % 3]!,
    start: at((n % seconds) * second + Math.floor(n / seconds)),
    duration: lengths[n % 4]! + (n % 7 === 0 ? n : 0),
    status: n % 5 === 0 ? 'error' : 'unset',
    attributes: { tier: tiers[n % 2]!, code: codes[Math.floor(n / 2) % 2]! },
  }) as const;

const attribute = (key: string, value: string): SoughtAttribute => ({ key, value });

/** Any of the conditions of a search, in either order, with a limit that cuts or one that doesn't. */
export const combinations: fc.Arbitrary<Partial<TraceQuery>> = fc.record(
  {
    operation: fc.constantFrom(...names),
    attributes: fc.subarray([
      attribute('tier', 'gold'),
      attribute('tier', 'silver'),
      attribute('code', '500'),
      attribute('span.kind', 'server'),
    ]),
    minDuration: fc.constantFrom(...lengths.map(µs), µs(1_002)),
    maxDuration: fc.constantFrom(...lengths.map(µs), µs(999)),
    errorsOnly: fc.constant(true),
    window: fc
      .tuple(fc.nat({ max: seconds }), fc.nat({ max: seconds }))
      .map(([a, b]) => ({ start: at(Math.min(a, b) * second), end: at(Math.max(a, b) * second) })),
    order: fc.constantFrom('newest', 'slowest'),
    limit: fc.constantFrom(1, 5, 20, 5_000),
  },
  { requiredKeys: ['limit'] },
);

/** Each trace that meets the query by itself, with its start and the longest span that does. */
function expected(spans: readonly RawSpan[], asked: TraceQuery) {
  const traces = [...Map.groupBy(spans, ({ traceId }) => traceId)];
  return traces.flatMap(([traceId, all]) => {
    const matching = all.filter((span) => meets(span, asked));
    if (matching.length === 0) return [];
    const start = Math.min(...all.map((span) => span.start));
    return [{ traceId, start, slowness: Math.max(...matching.map(({ duration }) => duration)) }];
  });
}

/**
 * An answer that is complete has the newest or slowest of the traces that meet the query, in order; any other has
 * only such, and says why. Which of equally slow ones it has is its own choice.
 */
export function assertFound(
  { traces, complete, reason }: SearchAnswer,
  spans: readonly RawSpan[],
  asked: TraceQuery,
): void {
  const all = expected(spans, asked);
  const byId = new Map(all.map((trace) => [trace.traceId, trace]));
  const found = traces.map(({ traceId }) => byId.get(traceId));
  assert.ok(!found.includes(undefined), 'a trace that does not meet the query');
  assert.equal(new Set(traces.map(({ traceId }) => traceId)).size, traces.length);
  assert.equal(reason === '', complete);
  if (!complete) return;
  const by = asked.order === 'slowest' ? 'slowness' : 'start';
  assert.deepEqual(
    found.map((trace) => trace?.[by]),
    all
      .map((trace) => trace[by])
      .sort((a, b) => b - a)
      .slice(0, asked.limit),
  );
}

/** Said once more, and more simply than where it is done. */
function meets(span: RawSpan, asked: TraceQuery): boolean {
  const { operation, attributes = [], minDuration = 0, maxDuration = Infinity, window } = asked;
  const texts = [...span.attributes, { key: 'span.kind', value: span.kind }].map(
    ({ key, value }) => `${key}=${String(value)}`,
  );
  return (
    [undefined, span.resource.service].includes(asked.service) &&
    [undefined, span.name].includes(operation) &&
    attributes.every(({ key, value }) => texts.includes(`${key}=${value}`)) &&
    minDuration <= span.duration &&
    span.duration <= maxDuration &&
    (!asked.errorsOnly || span.status === 'error') &&
    window.start <= span.start &&
    span.start <= window.end
  );
}
