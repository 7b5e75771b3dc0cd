import assert from 'node:assert/strict';
import { spanRow } from '../../../../src/core/base/units.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { criticalTimeText } from '../../../../src/core/waterfall/criticalTimeText.ts';
import { makeSpan } from '../../../support/span.ts';

describe("a row's time on the critical path", () => {
  it('is its own parts of it, and those of all below it; no off the path', () => {
    const { trace } = buildTrace([
      makeSpan({ id: 'root', duration: 50 }),
      makeSpan({ id: 'call', parent: 'root', duration: 50 }),
      makeSpan({ id: 'query', parent: 'call', start: 10, duration: 40 }),
      makeSpan({ id: 'beside', parent: 'call', start: 20, duration: 10 }),
    ]);
    assert.deepEqual(
      trace.spans.map(({ spanId }, row) => [spanId, criticalTimeText(trace.columns, spanRow(row))]),
      [
        ['root', '50 µs in what it calls'],
        ['call', '10 µs; 50 µs with what it calls'],
        ['query', '40 µs'],
        ['beside', 'no'],
      ],
    );
  });
});
