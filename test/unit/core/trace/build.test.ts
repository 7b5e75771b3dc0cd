import assert from 'node:assert/strict';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { recordings, readRecording } from '../../../support/recordedSpans.ts';
import { makeSpan } from '../../../support/span.ts';

/** One line a row: indented name, self time, `*` on the critical path. */
function picture(spans: readonly RawSpan[]): readonly string[] {
  const { trace } = buildTrace(spans);
  const { depth, selfTime, critical } = trace.columns;
  return trace.spans.map(
    (span, row) =>
      `${'  '.repeat(depth[row]!)}${span.spanId} ${selfTime[row]!}${critical[row] === 1 ? ' *' : ''}`,
  );
}

const kinds = (spans: readonly RawSpan[]) =>
  buildTrace(spans).problems.map(({ kind, row }) => `${kind} ${row}`);

describe('buildTrace', () => {
  it('is empty without spans', () => {
    const { trace, problems } = buildTrace([]);
    assert.equal(trace.size, 0);
    assert.equal(trace.duration, 0);
    assert.deepEqual(problems, []);
  });

  /*
   * root |--------------------| 0..100
   *   a    |----|               10..30
   *     a1   |-|                15..20
   *   b         |-------|       40..80
   *   c             |-------|   60..95
   */
  const shop = [
    makeSpan({ id: 'c', parent: 'root', start: 60, duration: 35 }),
    makeSpan({ id: 'a1', parent: 'a', start: 15, duration: 5 }),
    makeSpan({ id: 'root', start: 0, duration: 100 }),
    makeSpan({ id: 'b', parent: 'root', start: 40, duration: 40 }),
    makeSpan({ id: 'a', parent: 'root', start: 10, duration: 20 }),
  ];

  it('lays rows out depth first with self time and the critical path', () => {
    // b overlaps c, which ends last: before c began, a was the last to end.
    assert.deepEqual(picture(shop), ['root 25 *', '  a 15 *', '    a1 5 *', '  b 40', '  c 35 *']);
  });

  it('counts subtrees and names parents by row', () => {
    const { columns } = buildTrace(shop).trace;
    assert.deepEqual([...columns.subtreeSize], [5, 2, 1, 1, 1]);
    assert.deepEqual([...columns.parent], [-1, 0, 1, 0, 0]);
  });

  it('puts the shorter of two siblings of one start first, then the smaller id', () => {
    const indexed = [
      makeSpan({ id: 'root', duration: 50 }),
      makeSpan({ id: 'z', parent: 'root', duration: 1 }),
      makeSpan({ id: 'b', parent: 'root', duration: 9 }),
      makeSpan({ id: 'a', parent: 'root', duration: 9 }),
    ];
    assert.deepEqual(
      buildTrace(indexed).trace.spans.map((span) => span.spanId),
      ['root', 'z', 'a', 'b'],
    );
  });

  it('shows a span without its parent at the top and says so', () => {
    const spans = [
      makeSpan({ id: 'a', duration: 9 }),
      makeSpan({ id: 'b', parent: 'gone', start: 1 }),
    ];
    assert.deepEqual(picture(spans), ['a 9 *', 'b 0']);
    const { problems } = buildTrace(spans);
    assert.equal(problems[0]!.kind, 'missingParent');
    assert.match(problems[0]!.message, /gone/);
  });

  it('breaks a cycle at its earliest span', () => {
    const spans = [
      makeSpan({ id: 'a', parent: 'c', start: 3, duration: 5 }),
      makeSpan({ id: 'b', parent: 'a', start: 1, duration: 9 }),
      makeSpan({ id: 'c', parent: 'b', start: 2, duration: 5 }),
      makeSpan({ id: 'tail', parent: 'a', start: 4, duration: 1 }),
      makeSpan({ id: 'self', parent: 'self', start: 9 }),
    ];
    assert.deepEqual(picture(spans), ['b 4 *', '  c 1 *', '    a 4 *', '      tail 1 *', 'self 0']);
    assert.deepEqual(kinds(spans), ['cycle 0', 'cycle 4']);
  });

  it('keeps every span of one id, a child below the last that had begun', () => {
    const spans = [
      makeSpan({ id: 'a', duration: 9 }),
      makeSpan({ id: 'a', start: 1, duration: 3 }),
      makeSpan({ id: 'a', start: 5, duration: 3 }),
      makeSpan({ id: 'b', parent: 'a', start: 2, duration: 1 }),
    ];
    assert.deepEqual(picture(spans), ['a 9 *', 'a 2', '  b 1', 'a 3']);
    assert.deepEqual(kinds(spans), ['duplicateId 1', 'duplicateId 3']);
  });

  it('keeps a span of another trace and takes the id most spans have', () => {
    const other = 'f'.repeat(32);
    const spans = [
      makeSpan({ id: 'x', traceId: other }),
      makeSpan({ id: 'a' }),
      makeSpan({ id: 'b' }),
    ];
    const { trace } = buildTrace(spans);
    assert.equal(trace.traceId, spans[1]!.traceId);
    assert.deepEqual(kinds(spans), ['foreignTrace 2']);
  });

  it('keeps several roots, the trace from the first start to the last end', () => {
    const spans = [
      makeSpan({ id: 'a', start: 1_000_005, duration: 10 }),
      makeSpan({ id: 'b', start: 1_000_000, duration: 2 }),
    ];
    const { trace } = buildTrace(spans);
    assert.equal(trace.start, 1_000_000);
    assert.equal(trace.duration, 15);
    assert.deepEqual([...trace.columns.start], [0, 5]);
  });

  describe('times', () => {
    const today = 1_795_000_000_000_000;

    it('places a span without a time at the start of the others', () => {
      const spans = [
        makeSpan({ id: 'a', start: today, duration: 100 }),
        makeSpan({ id: 'b', parent: 'a', start: 0, duration: 5 }),
      ];
      const { trace } = buildTrace(spans);
      assert.equal(trace.duration, 100);
      assert.deepEqual(kinds(spans), ['oddTime 1']);
    });

    it('brings infinite and negative lengths back into range', () => {
      const spans = [
        makeSpan({ id: 'a', start: today, duration: Infinity }),
        makeSpan({ id: 'b', parent: 'a', start: today, duration: -5 }),
        makeSpan({ id: 'c', parent: 'a', start: today, duration: NaN }),
      ];
      const { trace } = buildTrace(spans);
      assert.ok(Number.isFinite(trace.duration));
      assert.deepEqual(kinds(spans), ['oddTime 0', 'oddTime 1', 'oddTime 2']);
    });

    it('takes an overrun of a millisecond for rounding', () => {
      const spans = [
        makeSpan({ id: 'a', start: today, duration: 5_300, kind: 'client' }),
        makeSpan({ id: 'b', parent: 'a', start: today - 1_000, duration: 7_300, kind: 'server' }),
      ];
      assert.deepEqual(kinds(spans), []);
    });

    it('says that the clocks of two services differ, and moves nothing', () => {
      const spans = [
        makeSpan({ id: 'a', start: today, duration: 5_000, kind: 'client' }),
        makeSpan({
          id: 'b',
          parent: 'a',
          start: today - 40_000,
          duration: 3_000,
          kind: 'server',
          service: 'pricing-api',
        }),
      ];
      const { trace, problems } = buildTrace(spans);
      assert.deepEqual([...trace.columns.start], [40_000, 0]);
      assert.equal(
        problems[0]!.message,
        'Starts 40 ms before its parent because the clocks of pricing-api and shop-api differ; shown as recorded.',
      );
    });

    it('does not mind work that outlives its parent', () => {
      const spans = [
        makeSpan({ id: 'a', start: today, duration: 5_000, kind: 'producer' }),
        makeSpan({
          id: 'b',
          parent: 'a',
          start: today + 60_000,
          duration: 9_000,
          kind: 'consumer',
        }),
      ];
      assert.deepEqual(kinds(spans), []);
    });

    it('keeps to the critical path where starts are rounded to the millisecond', () => {
      // The call of 1.3 ms truly ended before the next began, at 1.35 ms, which was written down as 1 ms.
      const spans = [
        makeSpan({ id: 'root', start: today, duration: 5_000 }),
        makeSpan({ id: 'first', parent: 'root', start: today, duration: 1_300 }),
        makeSpan({ id: 'second', parent: 'root', start: today + 1_000, duration: 3_400 }),
      ];
      assert.deepEqual(picture(spans), ['root 600 *', '  first 1300 *', '  second 3400 *']);
    });
  });

  it('opens a chain 70,000 deep', () => {
    const id = (index: number) => index.toString(16).padStart(16, '0');
    const spans = Array.from({ length: 70_000 }, (_, index) =>
      makeSpan({
        id: id(index),
        parent: index === 0 ? undefined : id(index - 1),
        start: index,
        duration: 200_000 - 2 * index,
      }),
    );
    const { trace, problemCount } = buildTrace(spans);
    assert.equal(trace.columns.depth.at(-1), 69_999);
    assert.equal(trace.columns.subtreeSize[0], 70_000);
    assert.equal(trace.columns.critical.at(-1), 1);
    assert.equal(problemCount, 0);
  });

  it('opens 100,000 spans that all repeat one, and keeps a thousand of the problems', () => {
    const spans = Array.from({ length: 100_000 }, () => makeSpan({ id: 'a', duration: 1 }));
    const { trace, problems, problemCount } = buildTrace(spans);
    assert.equal(trace.size, 100_000);
    assert.equal(problems.length, 1_000);
    assert.equal(problemCount, 99_999);
  });

  it('gives columns that own exactly their bytes', () => {
    const { columns, size } = buildTrace(shop).trace;
    const { criticalParts, criticalFrom, criticalTo } = columns;
    assert.equal(criticalParts.length, size + 1);
    assert.deepEqual([criticalFrom.length, criticalTo.length], Array(2).fill(criticalParts[size]));
    for (const [name, column] of Object.entries({ ...columns })) {
      if (!/^critical(Parts|From|To)$/.test(name)) assert.equal(column.length, size, name);
      assert.equal(column.byteOffset, 0);
      assert.equal(column.buffer.byteLength, column.byteLength);
    }
  });

  for (const recording of recordings) {
    it(`finds nothing odd in the requests of ${recording}`, () => {
      const recorded = readRecording(recording, 'shop-api');
      for (const traceId of new Set(recorded.map((span) => span.traceId))) {
        const spans = recorded.filter((span) => span.traceId === traceId);
        const { trace, problems } = buildTrace(spans);
        assert.deepEqual(new Set(trace.spans), new Set(spans));
        const repairs = problems.filter(({ kind }) => kind !== 'missingParent');
        assert.deepEqual(repairs, []);
      }
    });
  }

  it('shows a recorded request as it ran', () => {
    const { trace } = buildTrace(readRecording('nest-prisma-spans', 'users-api', 'GET one'));
    const lines = trace.spans.map(
      (span, row) => '  '.repeat(trace.columns.depth[row]!) + span.name,
    );
    assert.deepEqual(lines, [
      'GET',
      '  GET /users/:id',
      '    middleware - urlencodedParser',
      '    middleware - jsonParser',
      '    middleware - <anonymous>',
      '    request handler',
      '      UsersController.findOne',
      '        findOne',
      '          prisma:client:operation',
      '            prisma:client:serialize',
      '            prisma:client:compile',
      '            prisma:client:db_query',
      '          prisma:client:operation',
      '            prisma:client:serialize',
      '            prisma:client:compile',
      '            prisma:client:db_query',
    ]);
  });
});
