import assert from 'node:assert/strict';
import { spanRow } from '../../../src/core/base/units.ts';
import { buildTrace } from '../../../src/core/trace/build.ts';
import type { RawSpan } from '../../../src/core/trace/rawSpan.ts';
import { joinedTraces } from '../../../src/engine/joinedTraces.ts';
import { KeptTraces, type KeptTrace } from '../../../src/engine/keptTraces.ts';
import { linkedFrom, linksOf, sampledLinks } from '../../../src/engine/spanLinks.ts';
import { makeSpan, type SpanSketch } from '../../support/span.ts';

const one = 'a'.repeat(32);
const other = 'b'.repeat(32);
const id = (digit: number) => String(digit).padStart(16, '0');
const spanOf = (sketch: SpanSketch, ...to: readonly (readonly [string, string])[]): RawSpan => ({
  ...makeSpan(sketch),
  links: to.map(([traceId, spanId]) => ({ traceId, spanId, attributes: [] })),
});

/** `one` sends a message; `other` handles it, and a span of `one` links to the send too. */
const producer = [
  makeSpan({ id: id(1), traceId: one, start: 1, duration: 90, name: 'POST /orders' }),
  makeSpan({ id: id(2), traceId: one, parent: id(1), start: 5, duration: 4, name: 'send' }),
  spanOf({ id: id(3), traceId: one, parent: id(1), start: 20, duration: 4, name: 'batch' }, [
    one,
    id(2),
  ]),
];
const consumer = [
  spanOf(
    { id: id(4), traceId: other, start: 40, duration: 500, name: 'process', service: 'billing' },
    [one, id(2)],
  ),
  makeSpan({ id: id(5), traceId: other, parent: id(4), start: 50, duration: 9, name: 'refund' }),
];

const keptOf = (spans: readonly RawSpan[]): KeptTrace =>
  ({ built: buildTrace(spans), answer: { spans }, matches: [] }) as unknown as KeptTrace;
function keptTraces() {
  const kept = new KeptTraces();
  const ones = keptOf(producer);
  kept.keep(one, ones);
  kept.keep(other, keptOf(consumer));
  return { kept, trace: ones.built.trace };
}

const noSample = sampledLinks([]);

describe('links of a span', () => {
  it('have the row of a span of the same trace, none of another with that id', () => {
    const { trace } = keptTraces();
    const batch = spanOf({ id: id(3), traceId: one }, [one, id(2)], [other, id(2)]);
    assert.deepEqual(
      linksOf(batch, trace).map(({ row }) => row),
      [spanRow(1), undefined],
    );
  });

  it('lead there from its own trace and from traces that were opened', () => {
    const { kept, trace } = keptTraces();
    const sent = trace.spans[1];
    assert.ok(sent);
    assert.deepEqual(linkedFrom(sent, trace, kept, noSample), [
      { traceId: one, spanId: id(3), service: 'shop-api', operation: 'batch', row: spanRow(2) },
      { traceId: other, spanId: id(4), service: 'billing', operation: 'process', row: undefined },
    ]);
    const root = trace.spans[0];
    assert.ok(root);
    assert.deepEqual(linkedFrom(root, trace, kept, noSample), []);
  });

  it('lead there from sampled traces that were never opened, each span once', () => {
    const { kept, trace } = keptTraces();
    const [, sent] = trace.spans;
    assert.ok(sent);
    const opened = linkedFrom(sent, trace, kept, noSample);
    const sampled = sampledLinks([producer, consumer].map((spans) => buildTrace(spans).trace));
    assert.deepEqual(linkedFrom(sent, trace, kept, sampled), opened);
    assert.deepEqual(
      linkedFrom(sent, trace, new KeptTraces(), sampled).map(({ operation }) => operation),
      ['batch', 'process'],
    );
  });

  it('of sampled traces are bounded for one span and for all', () => {
    const linking = (from: number, to: string) =>
      Array.from({ length: 300 }, (_, index) =>
        spanOf({ id: id(from + index), traceId: other, start: index }, [one, to]),
      );
    const toOne = sampledLinks([buildTrace(linking(0, id(2))).trace]);
    assert.deepEqual(
      [...toOne.values()].map(({ length }) => length),
      [100],
    );
    const traces = Array.from({ length: 300 }, (_, index) =>
      buildTrace(linking(index * 300, id(index))),
    );
    const all = sampledLinks(traces.map(({ trace }) => trace));
    assert.equal([...all.values()].flat().length, 20_000);
  });

  it('are a hundred at most, each span once', () => {
    const spans = Array.from({ length: 300 }, (_, index) =>
      spanOf({ id: id(index + 10), traceId: other, start: index }, [one, id(2)], [one, id(2)]),
    );
    const { kept, trace } = keptTraces();
    kept.keep('c'.repeat(32), keptOf(spans));
    const sent = trace.spans[1];
    assert.ok(sent);
    const from = linkedFrom(sent, trace, kept, noSample);
    assert.equal(from.length, 100);
    assert.equal(new Set(from.map(({ traceId, spanId }) => traceId + spanId)).size, 100);
  });
});

describe('traces shown as one', () => {
  const built = buildTrace([...producer, ...consumer], [one, other]);

  it('are called as the first, and have each span once, none of them odd', () => {
    const { trace, problems } = built;
    assert.equal(trace.traceId, one);
    assert.equal(trace.size, 5);
    assert.deepEqual(
      problems.filter(({ kind }) => kind === 'foreignTrace'),
      [],
    );
    assert.equal(trace.duration, 539);
  });

  it('say where the trees of each other begin', () => {
    assert.deepEqual(joinedTraces(built, [other]), [{ traceId: other, roots: [spanRow(3)] }]);
    assert.deepEqual(joinedTraces(built, ['c'.repeat(32)]), [
      { traceId: 'c'.repeat(32), roots: [] },
    ]);
  });
});
