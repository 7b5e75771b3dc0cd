import assert from 'node:assert/strict';
import { isSourceError } from '../../../src/core/base/sourceError.ts';
import type { SourceUnderTest } from '../sourceContract.ts';
import {
  at,
  hostileText,
  never,
  newService,
  newSpanId,
  newTraceId,
  sendAndSee,
  sentSpan,
} from './sent.ts';

export function describeTraceContract(underTest: () => SourceUnderTest): void {
  it('a trace is answered whole, each span as it was sent', async () => {
    const [api, pricing] = [newService('api'), newService('pricing')];
    const traceId = newTraceId();
    const root = {
      ...sentSpan({ service: api, name: 'GET /a', traceId, duration: 3_000, status: 'error' }),
      statusMessage: 'broke',
      scope: '@opentelemetry/instrumentation-http',
      links: [{ traceId: newTraceId(), spanId: newSpanId(), attributes: [] }],
      events: [
        {
          name: 'exception',
          time: at(2_500),
          attributes: [{ key: 'exception.message', value: hostileText }],
        },
      ],
      attributes: [
        { key: 'count', value: 3 },
        { key: 'http.route', value: '/a' },
        { key: 'ratio', value: 0.25 },
        { key: 'text', value: hostileText },
        { key: 'yes', value: true },
      ],
    };
    const others = (['internal', 'client', 'producer', 'consumer'] as const).map((kind, index) =>
      sentSpan({
        service: pricing,
        name: kind,
        kind,
        traceId,
        parent: root.spanId,
        start: at(index),
        // Jaeger 2 makes a nanosecond of none.
        duration: 1_000,
      }),
    );
    await sendAndSee(underTest(), [root, ...others]);
    const { spans, complete, droppedCount } = await underTest().source.trace(traceId, never);
    const expected = [root, ...others].toSorted(bySpanId);
    assert.deepEqual(spans.map((span) => ({ ...span, warnings: [] })).sort(bySpanId), expected);
    assert.deepEqual({ complete, droppedCount }, { complete: true, droppedCount: 0 });
  });

  it('a span whose parent never came is there, with the parent it names', async () => {
    const span = sentSpan({ service: newService('orphan'), parent: newSpanId() });
    await sendAndSee(underTest(), [span]);
    const { spans } = await underTest().source.trace(span.traceId, never);
    assert.deepEqual(
      spans.map(({ parentSpanId }) => parentSpanId),
      [span.parentSpanId],
    );
  });

  it('a text of a megabyte stays whole', async () => {
    const long = 'é'.repeat(500_000);
    const span = sentSpan({ service: newService('long'), attributes: { long } });
    await sendAndSee(underTest(), [span]);
    const { spans } = await underTest().source.trace(span.traceId, never);
    assert.equal(spans[0]?.attributes[0]?.value, long);
  });

  it('a trace is found by its id in upper case and without its leading zeros', async () => {
    const traceId = `${'0'.repeat(16)}${newSpanId()}`;
    await sendAndSee(underTest(), [sentSpan({ service: newService('short'), traceId })]);
    const { spans } = await underTest().source.trace(traceId.slice(16).toUpperCase(), never);
    assert.deepEqual(
      spans.map((span) => span.traceId),
      [traceId],
    );
  });

  it('an id that no trace has is not found, one that is not hex is rejected', async () => {
    const { source } = underTest();
    const failsWith = (code: string) => (error: unknown) =>
      isSourceError(error) && error.code === code && error.message.length > 10;
    await assert.rejects(source.trace(newTraceId(), never), failsWith('notFound'));
    for (const id of ['', 'xyz', '../services', '1'.repeat(33)])
      await assert.rejects(source.trace(id, never), failsWith('rejected'));
  });
}

const bySpanId = (a: { spanId: string }, b: { spanId: string }) => (a.spanId < b.spanId ? -1 : 1);
