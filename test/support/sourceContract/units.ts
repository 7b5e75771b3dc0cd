import assert from 'node:assert/strict';
import { mergeDurations } from '../../../src/core/correlate/durations/mergeDurations.ts';
import type { SourceUnderTest } from '../sourceContract.ts';
import { knownStart, never, newService, query, sendAndSee, sentSpan, wholeWindow } from './sent.ts';

/** Lengths in µs that a wrong unit or a rounding cannot pass for one another. */
const knownLengths = {
  '250 ms': 250_000,
  '257.8 ms': 257_800,
  '3 µs': 3,
  '2 min': 120_000_000,
} as const;

export function describeUnitsContract(underTest: () => SourceUnderTest): void {
  for (const [text, duration] of Object.entries(knownLengths))
    it(`a span of ${text} at a known start is that in trace, search and figures`, async () => {
      const service = newService('units');
      const span = sentSpan({ service, name: text, duration });
      await sendAndSee(underTest(), [span]);
      const { source } = underTest();

      const { spans } = await source.trace(span.traceId, never);
      assert.deepEqual(
        spans.map(({ start, duration: length }) => [start, length]),
        [[knownStart, duration]],
      );

      const { traces } = await source.search(query({ service }), never);
      assert.deepEqual(
        traces.map(({ start, duration: length }) => [start, length]),
        [[knownStart, duration]],
      );

      const { operations } = await source.figures(wholeWindow, never);
      const row = operations.find(({ key }) => key.service === service);
      assert.deepEqual([row?.durations.max, row?.durations.total], [duration, duration]);
      assert.equal(row && mergeDurations([row.durations]).p50, duration);
    });
}
