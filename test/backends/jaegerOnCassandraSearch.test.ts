import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { SearchAnswer, TraceQuery, TraceSource } from '../../src/core/ports.ts';
import { epochMicroseconds } from '../../src/core/base/units.ts';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { systemClock } from '../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../src/sources/jaeger/jaegerSource.ts';
import {
  startWrittenCassandra,
  type WrittenCassandra,
} from '../support/backends/cassandraSource.ts';
import { silentLog } from '../support/silentLog.ts';
import { assertFound, combinations, manySpans } from '../support/sourceContract/combinations.ts';
import { never, newService, query, µs } from '../support/sourceContract/sent.ts';

const traces = 400;
const combined = 15;
const limit = 20;
const gold = [{ key: 'tier', value: 'gold' }];

/** Searches that Jaeger's reader on Cassandra answers with part of what there is, or refuses. */
const searches: Readonly<Record<string, Partial<TraceQuery>>> = {
  'the newest': {},
  'the newest of an operation': { operation: 'GET /a' },
  'an attribute and an operation': { operation: 'GET /a', attributes: gold },
  'an attribute and a duration': { minDuration: µs(1_000), attributes: gold },
  'errors of an operation': { operation: 'query', errorsOnly: true },
};
/** A quarter of all spans took exactly this long, and Jaeger looks for durations in whole hours. */
const exactly = { minDuration: µs(250_000) };

/** Of spans of an operation that start in one microsecond Jaeger's indexes keep one: not what is tested here. */
const apart = (spans: readonly RawSpan[]): readonly RawSpan[] =>
  spans.map((span, n) => ({ ...span, start: epochMicroseconds(span.start + n * 200) }));

describe('searching a Jaeger 1.67 on Cassandra, whose reader drops results', function () {
  this.timeout(300_000);
  let store: WrittenCassandra;
  let throughJaeger: TraceSource;
  let spans: readonly RawSpan[];
  const service = newService('many');

  before(async () => {
    store = await startWrittenCassandra();
    throughJaeger = openJaegerSource({
      url: store.jaegerUrl,
      headers: {},
      timeoutMs: 60_000,
      maxBytes: 100_000_000,
      sampleSize: 200,
      clock: systemClock,
      log: silentLog,
    });
    spans = apart(manySpans({ service, other: newService('called'), traces }));
    await store.send(spans);
  });
  after(async () => {
    throughJaeger.dispose();
    store.source.dispose();
    await store.close();
  });

  /** What Jaeger itself finds; undefined where it refuses. */
  const byJaeger = async (asked: TraceQuery): Promise<readonly string[] | undefined> => {
    const { operation, attributes, errorsOnly, minDuration, maxDuration, window } = asked;
    const tags = Object.fromEntries([
      ...(attributes ?? []).map(({ key, value }) => [key, value] as const),
      ...(errorsOnly ? [['error', 'true'] as const] : []),
    ]);
    const parameters = new URLSearchParams({
      service,
      limit: String(limit),
      start: String(window.start),
      end: String(window.end),
      ...(operation !== undefined && { operation }),
      ...(Object.keys(tags).length > 0 && { tags: JSON.stringify(tags) }),
      ...(minDuration !== undefined && { minDuration: `${String(minDuration)}us` }),
      ...(maxDuration !== undefined && { maxDuration: `${String(maxDuration)}us` }),
    });
    const answer = await fetch(`${store.jaegerUrl}/api/traces?${parameters.toString()}`);
    if (!answer.ok) return undefined;
    const { data } = (await answer.json()) as { readonly data: readonly { traceID: string }[] };
    return data.map(({ traceID }) => traceID.padStart(32, '0'));
  };

  const whole = (answer: SearchAnswer, asked: TraceQuery) => {
    assert.deepEqual([answer.complete, answer.reason], [true, '']);
    assertFound(answer, spans, asked);
  };

  /** Of the traces that there are, those that Jaeger itself leaves out. */
  const leftOut = async (asked: TraceQuery, { traces: all }: SearchAnswer) => {
    const found = new Set(await byJaeger(asked));
    return all.filter(({ traceId }) => !found.has(traceId)).length;
  };

  for (const [name, parts] of Object.entries(searches))
    it(`${name}: found in order, from the tables and through Jaeger, which has less`, async () => {
      const asked = { ...query({ service, limit }), ...parts };
      const answer = await store.source.search(asked, never);
      whole(answer, asked);
      whole(await throughJaeger.search(asked, never), asked);
      assert.ok((await leftOut(asked, answer)) > 0);
    });

  it('a duration that many met exactly: found from the tables, and through Jaeger or said to be incomplete', async () => {
    const asked = { ...query({ service, limit }), ...exactly };
    const answer = await store.source.search(asked, never);
    whole(answer, asked);
    assertFound(await throughJaeger.search(asked, never), spans, asked);
    assert.ok((await leftOut(asked, answer)) > 0);
  });

  it('any combination of conditions is found the same way', async () => {
    let incomplete = 0;
    await fc.assert(
      fc.asyncProperty(combinations, async (parts) => {
        const asked = { ...query({ service }), ...parts };
        whole(await store.source.search(asked, never), asked);
        const answer = await throughJaeger.search(asked, never);
        if (!answer.complete) incomplete += 1;
        assertFound(answer, spans, asked);
      }),
      { numRuns: combined, endOnFailure: true },
    );
    // What would need more questions than one search may ask is said, and rare.
    assert.ok(incomplete <= combined / 4, String(incomplete));
  });
});
