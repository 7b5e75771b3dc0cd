import assert from 'node:assert/strict';
import fc from 'fast-check';
import { systemClock } from '../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../src/sources/jaeger/jaegerSource.ts';
import { startJaeger, type RunningJaeger } from '../support/backends/jaeger.ts';
import { eventually } from '../support/eventually.ts';
import { sendOtlp } from '../support/sendOtlp.ts';
import { silentLog } from '../support/silentLog.ts';
import { assertFound, combinations, manySpans } from '../support/sourceContract/combinations.ts';
import { never, newService, query } from '../support/sourceContract/sent.ts';

const traces = 2_000;
const searches = 100;

describe('searching a real Jaeger 1.67 with many more traces than are asked for', function () {
  this.timeout(120_000);
  let jaeger: RunningJaeger;
  before(async () => {
    jaeger = await startJaeger();
  });
  after(() => jaeger.stop());

  it('any combination of conditions finds all that was sent, in order, up to the limit', async () => {
    const source = openJaegerSource({
      url: jaeger.url,
      headers: {},
      timeoutMs: 20_000,
      maxBytes: 100_000_000,
      sampleSize: 500,
      clock: systemClock,
      log: silentLog,
    });
    const service = newService('many');
    const spans = manySpans({ service, other: newService('called'), traces });
    for (let from = 0; from < spans.length; from += 1_500)
      await sendOtlp(jaeger.otlp, spans.slice(from, from + 1_500));
    await eventually(
      'all traces',
      () => source.search(query({ service, limit: traces + 1 }), never),
      (answer) => answer.traces.length === traces,
      30_000,
    );
    let incomplete = 0;
    const asked = { service: fc.constantFrom(service, undefined), parts: combinations };
    await fc.assert(
      fc.asyncProperty(fc.record(asked), async ({ service: of, parts }) => {
        const question = { ...query({ service: of }), ...parts };
        const answer = await source.search(question, never);
        if (!answer.complete) incomplete += 1;
        assertFound(answer, spans, question);
      }),
      { numRuns: searches },
    );
    // What would need more questions than one search may ask is said, and rare.
    assert.ok(incomplete <= searches / 4, String(incomplete));
    source.dispose();
  });
});
