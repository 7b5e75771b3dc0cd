import assert from 'node:assert/strict';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { mainRoot } from '../../../../src/core/trace/mainRoot.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { makeSpan } from '../../../support/span.ts';

function marked(spans: readonly RawSpan[]): string[] {
  const { trace } = buildTrace(spans);
  return trace.spans.filter((_, row) => trace.columns.critical[row] === 1).map((one) => one.spanId);
}

describe('the root whose critical path a trace has', () => {
  it("is a request's, and not that of the preflight before it, where the browser's spans are missing", () => {
    const spans = [
      makeSpan({ id: 'preflight', parent: 'browser', duration: 2 }),
      makeSpan({ id: 'request', parent: 'browser', start: 10, duration: 100 }),
      makeSpan({ id: 'query', parent: 'request', start: 20, duration: 80 }),
    ];
    assert.deepEqual(marked(spans), ['request', 'query']);
  });

  it('is that of the span without a parent, however long others run whose parent is missing', () => {
    const spans = [
      makeSpan({ id: 'early', parent: 'lost', duration: 1 }),
      makeSpan({ id: 'request', start: 1, duration: 10 }),
      makeSpan({ id: 'job', parent: 'lost', start: 5, duration: 500 }),
    ];
    assert.deepEqual(marked(spans), ['request']);
    const unended = spans.with(1, makeSpan({ id: 'request', start: 1 }));
    assert.deepEqual(marked(unended), ['job']);
  });

  it('is of the trace that others are shown with', () => {
    const other = 'f'.repeat(32);
    const spans = [
      makeSpan({ id: 'request', duration: 10 }),
      makeSpan({ id: 'message', start: 20, duration: 500, traceId: other }),
    ];
    const { trace } = buildTrace(spans, [spans[0]!.traceId, other]);
    assert.equal(trace.spans[mainRoot(trace.columns)]!.spanId, 'request');
  });
});
