import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { visitCriticalPath } from '../../../../src/core/trace/criticalPath.ts';
import { mainRoot } from '../../../../src/core/trace/mainRoot.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import type { Trace } from '../../../../src/core/trace/trace.ts';
import { makeSpan } from '../../../support/span.ts';

const today = 1_795_000_000_000_000;

interface CriticalPart {
  readonly row: number;
  readonly from: number;
  readonly to: number;
}

function pathOf({ columns, start }: Trace): readonly CriticalPart[] {
  const path: CriticalPart[] = [];
  const visit = (row: number, from: number, to: number) => path.push({ row, from, to });
  visitCriticalPath(columns, start, visit, mainRoot(columns));
  return path;
}

/** `name from-to` of each part, as it ran. */
function parts(spans: readonly RawSpan[]): string[] {
  const { trace } = buildTrace(spans);
  return pathOf(trace)
    .map(({ row, from, to }) => `${trace.spans[row]!.spanId} ${String(from)}-${String(to)}`)
    .reverse();
}

function marked(spans: readonly RawSpan[]): string[] {
  const { trace } = buildTrace(spans);
  return trace.spans.filter((_, row) => trace.columns.critical[row] === 1).map((one) => one.spanId);
}

describe('the critical path', () => {
  it('splits a request into the parts of those that kept it waiting', () => {
    const spans = [
      makeSpan({ id: 'root', duration: 100 }),
      makeSpan({ id: 'a', parent: 'root', start: 10, duration: 20 }),
      makeSpan({ id: 'a1', parent: 'a', start: 15, duration: 5 }),
      makeSpan({ id: 'b', parent: 'root', start: 40, duration: 40 }),
      makeSpan({ id: 'c', parent: 'root', start: 60, duration: 35 }),
    ];
    assert.deepEqual(parts(spans), [
      'root 0-10',
      'a 10-15',
      'a1 15-20',
      'a 20-30',
      'root 30-60',
      'c 60-95',
      'root 95-100',
    ]);
    const { columns } = buildTrace(spans).trace;
    assert.deepEqual([...columns.criticalTime], [45, 15, 5, 0, 35]);
  });

  it('holds what ran in a server whose span ends after its client', () => {
    const spans = [
      makeSpan({ id: 'root', duration: 100 }),
      makeSpan({ id: 'client', parent: 'root', start: 10, duration: 80 }),
      makeSpan({ id: 'server', parent: 'client', start: 12, duration: 83 }),
      makeSpan({ id: 'first', parent: 'server', start: 15, duration: 30 }),
      makeSpan({ id: 'second', parent: 'server', start: 50, duration: 43 }),
      makeSpan({ id: 'query', parent: 'second', start: 51, duration: 42 }),
    ];
    assert.deepEqual(parts(spans), [
      'root 0-10',
      'client 10-12',
      'server 12-15',
      'first 15-45',
      'server 45-50',
      'second 50-51',
      'query 51-90',
      'root 90-100',
    ]);
  });

  it('holds all of many calls in a row whose servers end late, and not what ran beside them', () => {
    const calls = Array.from({ length: 22 }, (_, index) => {
      const start = today + 5_000 + index * 90_000;
      const id = String(index);
      return [
        makeSpan({ id: `client${id}`, parent: 'root', start, duration: 80_300 }),
        makeSpan({ id: `server${id}`, parent: `client${id}`, start, duration: 80_900 }),
        makeSpan({
          id: `middleware${id}`,
          parent: `server${id}`,
          start: start + 1_000,
          duration: 4,
        }),
        makeSpan({
          id: `handler${id}`,
          parent: `server${id}`,
          start: start + 1_000,
          duration: 79_800,
        }),
        makeSpan({
          id: `sleep${id}`,
          parent: `handler${id}`,
          start: start + 2_000,
          duration: 78_700,
        }),
      ];
    }).flat();
    const spans = [makeSpan({ id: 'root', start: today, duration: 2_000_000 }), ...calls];
    const onPath = marked(spans);
    assert.equal(onPath.filter((id) => id.startsWith('sleep')).length, 22);
    assert.ok(!onPath.some((id) => id.startsWith('middleware')));
  });

  it('takes, of those that run to the end, the one that its parent waited for', () => {
    const spans = [
      makeSpan({ id: 'root', duration: 100 }),
      makeSpan({ id: 'forgotten', parent: 'root', start: 5, duration: 500 }),
      makeSpan({ id: 'awaited', parent: 'root', start: 20, duration: 80 }),
    ];
    assert.deepEqual(parts(spans), ['root 0-20', 'awaited 20-100']);
  });

  it('takes the longest of those that end together', () => {
    const spans = [
      makeSpan({ id: 'root', duration: 100 }),
      makeSpan({ id: 'long', parent: 'root', start: 10, duration: 80 }),
      makeSpan({ id: 'short', parent: 'root', start: 30, duration: 60 }),
    ];
    assert.deepEqual(parts(spans), ['root 0-10', 'long 10-90', 'root 90-100']);
  });

  it('cuts a call that was written down as ending after the next began, for a rounded start', () => {
    // The call of 1.3 ms truly ended before the next began, at 1.35 ms, which was written down as 1 ms.
    const spans = [
      makeSpan({ id: 'root', start: today, duration: 5_000 }),
      makeSpan({ id: 'first', parent: 'root', start: today, duration: 1_300 }),
      makeSpan({ id: 'second', parent: 'root', start: today + 1_000, duration: 3_400 }),
    ];
    assert.deepEqual(parts(spans), ['first 0-1000', 'second 1000-4400', 'root 4400-5000']);
  });

  it('leaves out what ran before or after its parent, and what took no time', () => {
    const spans = [
      makeSpan({ id: 'root', start: 100, duration: 100 }),
      makeSpan({ id: 'before', parent: 'root', start: 10, duration: 90 }),
      makeSpan({ id: 'after', parent: 'root', start: 200, duration: 90 }),
      makeSpan({ id: 'instant', parent: 'root', start: 150, duration: 0 }),
    ];
    assert.deepEqual(parts(spans), ['root 90-190']);
    assert.deepEqual(marked(spans), ['root']);
  });

  it('marks those above a part, down from the root', () => {
    const spans = [
      makeSpan({ id: 'root', duration: 100 }),
      makeSpan({ id: 'pass', parent: 'root', duration: 100 }),
      makeSpan({ id: 'work', parent: 'pass', duration: 100 }),
    ];
    assert.deepEqual(parts(spans), ['work 0-100']);
    assert.deepEqual(marked(spans), ['root', 'pass', 'work']);
  });

  it('is the first root alone where none took any time', () => {
    const spans = [makeSpan({ id: 'a' }), makeSpan({ id: 'b', start: 1 })];
    assert.deepEqual(parts(spans), []);
    assert.deepEqual(marked(spans), ['a']);
  });
});

/** The rule as it is said, span by span, with lists. */
function reference({ columns, start: traceStart }: Trace): CriticalPart[] {
  const { start, duration, parent } = columns;
  const begin = (row: number) => start[row]!;
  const finish = (row: number) => start[row]! + duration[row]!;
  const childrenOf = (row: number) => [...parent.keys()].filter((child) => parent[child] === row);
  const within = (row: number, from: number, to: number): CriticalPart[] => {
    const waiting = childrenOf(row)
      .map((child) => ({
        child,
        at: Math.max(begin(child), from),
        end: Math.min(finish(child), to),
      }))
      .filter(({ child, at, end }) => at < end && begin(child) < finish(child));
    const result: CriticalPart[] = [];
    let until = to;
    while (waiting.length > 0) {
      const last = waiting.reduce((best, one) => {
        if (one.end !== best.end) return one.end > best.end ? one : best;
        if (finish(one.child) !== finish(best.child))
          return finish(one.child) < finish(best.child) ? one : best;
        return one.child < best.child ? one : best;
      });
      waiting.splice(waiting.indexOf(last), 1);
      const isRounded = Number.isInteger((until + traceStart) / 1_000);
      if (last.at >= until || last.end - until > (isRounded ? 1_000 : 0)) continue;
      const end = Math.min(last.end, until);
      if (end < until) result.push({ row, from: end, to: until });
      result.push(...within(last.child, last.at, end));
      until = last.at;
    }
    return from < until ? [...result, { row, from, to: until }] : result;
  };
  const root = mainRoot(columns);
  return within(root, begin(root), finish(root));
}

const ids = Array.from({ length: 16 }, (_, index) => `s${String(index)}`);
const span = fc
  .record({
    id: fc.constantFrom(...ids),
    parent: fc.option(fc.constantFrom(...ids), { nil: undefined, freq: 12 }),
    start: fc.oneof(
      fc.integer({ min: 0, max: 40 }),
      fc.integer({ min: 0, max: 9_000 }),
      fc.integer({ min: 0, max: 9 }).map((ms) => ms * 1_000),
    ),
    duration: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 0, max: 60 }),
      fc.integer({ min: 0, max: 5_000 }),
      fc.integer({ min: 0, max: 5 }).map((ms) => ms * 1_000),
    ),
  })
  .map(({ start, ...rest }) => makeSpan({ ...rest, start: today + start }));
const root = makeSpan({ id: 'root', start: today, duration: 10_000 });

/** Any spans at all, and spans below one that is longer than most. */
const someSpans = fc.oneof(
  fc.array(span, { minLength: 1, maxLength: 40 }),
  fc
    .array(span, { minLength: 1, maxLength: 40 })
    .map((all) => [
      root,
      ...all.map((one) => ({ ...one, parentSpanId: one.parentSpanId ?? 'root' })),
    ]),
);

/** Calls one after another inside calls one after another: all of them, and nothing else, kept it waiting. */
interface Call {
  readonly gap: number;
  readonly work: number;
  readonly calls: readonly Call[];
}
const call: fc.Memo<Call> = fc.memo((depth) =>
  fc.record({
    gap: fc.integer({ min: 0, max: 9 }),
    work: fc.integer({ min: 1, max: 50 }),
    calls: depth > 1 ? fc.array(call(), { maxLength: 4 }) : fc.constant([]),
  }),
);

function ranInTurn(one: Call, parent: string | undefined, start: number, spans: RawSpan[]): number {
  const id = `s${String(spans.length)}`;
  const at = spans.length;
  let end = start;
  spans.push(makeSpan({ id, parent, start, duration: 0 }));
  for (const inner of one.calls) end = ranInTurn(inner, id, end + inner.gap, spans);
  end += one.work;
  spans[at] = makeSpan({ id, parent, start, duration: end - start });
  return end;
}

describe('the critical path of arbitrary spans', () => {
  const check = (claim: (trace: Trace) => void) => {
    fc.assert(
      fc.property(someSpans, (input) => {
        claim(buildTrace(input).trace);
      }),
      { numRuns: 1_000 },
    );
  };

  it('adds up to the duration of the main root, moment by moment', () => {
    check((trace) => {
      const { start, duration, criticalTime } = trace.columns;
      const root = mainRoot(trace.columns);
      let until = start[root]! + duration[root]!;
      for (const { from, to } of pathOf(trace)) {
        assert.ok(from < to);
        assert.equal(to, until);
        until = from;
      }
      assert.equal(until, start[root]);
      assert.equal(
        criticalTime.reduce((sum, time) => sum + time, 0),
        duration[root],
      );
    });
  });

  it('has parts that lie within their span and all spans above it', () => {
    check((trace) => {
      const { start, duration, parent } = trace.columns;
      for (const part of pathOf(trace)) {
        for (let row = part.row; row !== -1; row = parent[row]!) {
          assert.ok(part.from >= start[row]!);
          assert.ok(part.to <= start[row]! + duration[row]!);
        }
      }
    });
  });

  it('is what the rule says', () => {
    check((trace) => {
      assert.deepEqual(pathOf(trace), reference(trace));
    });
  });

  it('is kept row by row, in time, with nothing twice and nothing left out', () => {
    check((trace) => {
      const { criticalParts, criticalFrom, criticalTo, criticalTime } = trace.columns;
      assert.equal(criticalParts.length, trace.size + 1);
      const kept: CriticalPart[] = [];
      for (let row = 0; row < trace.size; row++) {
        let time = 0;
        for (let at = criticalParts[row]!; at < criticalParts[row + 1]!; at++) {
          const part = { row, from: criticalFrom[at]!, to: criticalTo[at]! };
          if (time > 0) assert.ok(kept.at(-1)!.to <= part.from);
          kept.push(part);
          time += part.to - part.from;
        }
        assert.ok(Math.abs(time - criticalTime[row]!) < 1e-6);
      }
      assert.equal(criticalFrom.length, kept.length);
      assert.deepEqual(
        kept.sort((a, b) => b.from - a.from),
        pathOf(trace),
      );
    });
  });

  it('marks rows that have a part and those above them, and the main root', () => {
    check((trace) => {
      const above = new Set<number>([mainRoot(trace.columns)]);
      for (const part of pathOf(trace))
        for (let row = part.row; row !== -1; row = trace.columns.parent[row]!) above.add(row);
      const rows = [...trace.columns.critical.keys()];
      assert.deepEqual(
        rows.filter((row) => trace.columns.critical[row] === 1),
        rows.filter((row) => above.has(row)),
      );
    });
  });

  it('holds every call where each waits for the one before', () => {
    fc.assert(
      fc.property(call(5), (one) => {
        const spans: RawSpan[] = [];
        ranInTurn(one, undefined, 1_001, spans);
        const { columns } = buildTrace(spans).trace;
        assert.deepEqual(columns.criticalTime, columns.selfTime);
        assert.ok(columns.critical.every((mark) => mark === 1));
      }),
    );
  });

  it('takes 100,000 spans of one parent, and a chain of as many, in no time and without recursion', () => {
    const size = 100_000;
    const wide = Array.from({ length: size }, (_, index) =>
      makeSpan({ id: String(index), parent: 'root', start: index, duration: 1 }),
    );
    const all = [makeSpan({ id: 'root', duration: size }), ...wide];
    assert.ok(buildTrace(all).trace.columns.critical.every((mark) => mark === 1));
    const chain = wide.map((one, index) => ({
      ...one,
      parentSpanId: index === 0 ? 'root' : String(index - 1),
      start: root.start,
      duration: root.duration,
    }));
    const { columns } = buildTrace([{ ...root, spanId: 'root' }, ...chain]).trace;
    assert.equal(columns.criticalTime.at(-1), root.duration);
  });
});
