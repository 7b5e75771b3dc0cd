import assert from 'node:assert/strict';
import fc from 'fast-check';
import { spanRow } from '../../../../src/core/base/units.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { rootSpan } from '../../../../src/core/trace/rootSpan.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import type { Trace } from '../../../../src/core/trace/trace.ts';
import { makeSpan } from '../../../support/span.ts';

const ids = fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j', 'k');

const time = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 60 }) },
  { weight: 8, arbitrary: fc.integer({ min: 1_795e12, max: 1_795e12 + 9_000 }) },
  fc.constantFrom(-1, -1e300, 1e300, Number.MAX_SAFE_INTEGER, 5e-324),
);

const length = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 40 }) },
  { weight: 3, arbitrary: fc.integer({ min: 0, max: 9_000 }) },
  fc.constantFrom(0, 1e300, Number.MAX_SAFE_INTEGER),
);

const span = fc
  .record({
    id: ids,
    parent: fc.option(ids, { nil: undefined }),
    start: time,
    duration: length,
    kind: fc.constantFrom('internal', 'server', 'client', 'consumer'),
    status: fc.constantFrom('unset', 'error'),
    service: fc.constantFrom('shop-api', 'pricing-api'),
    traceId: fc.constantFrom('1'.repeat(32), '2'.repeat(32)),
  } as const)
  .map(makeSpan);

const spans = fc.array(span, { maxLength: 30 });

function childrenOf(trace: Trace, row: number): number[] {
  return [...trace.columns.parent.keys()].filter((child) => trace.columns.parent[child] === row);
}

/** Time covered by at least one child, point by point between all starts and ends. */
function covered(trace: Trace, row: number): number {
  const { start, duration } = trace.columns;
  const end = start[row]! + duration[row]!;
  const parts = childrenOf(trace, row)
    .map((child) => [
      Math.max(start[child]!, start[row]!),
      Math.min(start[child]! + duration[child]!, end),
    ])
    .filter(([from, to]) => from! < to!);
  const cuts = [...new Set(parts.flat())].sort((a, b) => a - b);
  let total = 0;
  for (let cut = 1; cut < cuts.length; cut++) {
    const [from, to] = [cuts[cut - 1]!, cuts[cut]!];
    if (parts.some(([begin, finish]) => begin! <= from && to <= finish!)) total += to - from;
  }
  return total;
}

describe('buildTrace of arbitrary spans', () => {
  it('gives each span exactly one row', () => {
    fc.assert(
      fc.property(spans, (input) => {
        const rows = buildTrace(input).trace.spans;
        assert.equal(rows.length, input.length);
        const left = new Map<RawSpan, number>();
        for (const one of input) left.set(one, (left.get(one) ?? 0) + 1);
        for (const one of rows) left.set(one, (left.get(one) ?? 0) - 1);
        assert.ok([...left.values()].every((count) => count === 0));
      }),
      { numRuns: 500 },
    );
  });

  it('gives the same trace and the same root for shuffled spans', () => {
    const shuffled = spans.chain((input) =>
      fc.tuple(
        fc.constant(input),
        fc.shuffledSubarray(input, { minLength: input.length, maxLength: input.length }),
      ),
    );
    fc.assert(
      fc.property(shuffled, ([input, other]) => {
        assert.deepEqual(buildTrace(other), buildTrace(input));
        assert.deepEqual(rootSpan(other), rootSpan(input));
      }),
      { numRuns: 500 },
    );
  });

  it('keeps parent, depth and subtree size consistent', () => {
    fc.assert(
      fc.property(spans, (input) => {
        const { trace } = buildTrace(input);
        const { parent, depth, subtreeSize } = trace.columns;
        for (let row = 0; row < trace.size; row++) {
          const above = parent[row]!;
          assert.ok(above < row);
          assert.equal(depth[row], above === -1 ? 0 : depth[above]! + 1);
          const children = childrenOf(trace, row);
          assert.equal(
            subtreeSize[row],
            children.reduce((total, child) => total + subtreeSize[child]!, 1),
          );
          if (above === -1) continue;
          const { spanId, parentSpanId } = trace.spans[row]!;
          const over = trace.spans[above]!;
          if (parentSpanId !== over.spanId) assert.equal(spanId, over.spanId);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('puts a server with the id of a client below a span of that id', () => {
    fc.assert(
      fc.property(spans, (input) => {
        const { trace, problems } = buildTrace(input);
        const cut = new Set(problems.filter(({ kind }) => kind === 'cycle').map(({ row }) => row));
        for (const [row, { spanId, kind }] of trace.spans.entries()) {
          const hasSender = input.some((one) => one.spanId === spanId && one.kind === 'client');
          if (kind !== 'server' || !hasSender || cut.has(spanRow(row))) continue;
          const above = trace.spans[trace.columns.parent[row]!]!;
          assert.deepEqual([above.spanId, above.kind], [spanId, 'client']);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('splits each duration into self time and the time its children cover', () => {
    fc.assert(
      fc.property(spans, (input) => {
        const { trace } = buildTrace(input);
        for (let row = 0; row < trace.size; row++) {
          const total = trace.columns.selfTime[row]! + covered(trace, row);
          const duration = trace.columns.duration[row]!;
          assert.ok(Math.abs(total - duration) <= duration * 1e-12, `${total} of ${duration}`);
        }
      }),
      { numRuns: 500 },
    );
  });

  it('gives times that are finite and never negative, within the trace', () => {
    fc.assert(
      fc.property(spans, (input) => {
        const { trace } = buildTrace(input);
        const { start, duration } = trace.columns;
        for (let row = 0; row < trace.size; row++) {
          assert.ok(start[row]! >= 0 && duration[row]! >= 0);
          assert.ok(start[row]! + duration[row]! <= trace.duration * (1 + 1e-12));
        }
        assert.ok(Number.isFinite(trace.duration));
      }),
      { numRuns: 500 },
    );
  });
});
