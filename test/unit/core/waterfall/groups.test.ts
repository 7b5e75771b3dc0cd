import fc from 'fast-check';
import assert from 'node:assert/strict';
import { adjustClocks, withStarts } from '../../../../src/core/trace/adjustClocks.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import {
  fewestRepeats,
  groupFigures,
  groupSiblings,
  membersOf,
} from '../../../../src/core/waterfall/groups.ts';
import { anyTrace, traceFromOutline } from '../../../support/shapes.ts';
import { makeSpan } from '../../../support/span.ts';

const namesOf = (outline: string) => {
  const trace = traceFromOutline(outline);
  const groups = groupSiblings(trace);
  return Array.from({ length: groups.count }, (_, group) =>
    [...membersOf(groups, group)].map((row) => trace.operations[trace.columns.operation[row]!]),
  );
};

describe('groupSiblings', () => {
  it('groups four siblings of one name, not three, and not those of another parent', () => {
    assert.deepEqual(namesOf('root\n  a\n  a\n  b\n  a\n  a\n'), [['a', 'a', 'a', 'a']]);
    assert.deepEqual(namesOf('root\n  a\n  a\n  b\n  a\n    a\n'), []);
  });

  it('groups middleware from two on, whatever it is called', () => {
    assert.deepEqual(namesOf('root\n  middleware - query\n  middleware - cors\n  b\n'), [
      ['middleware - query', 'middleware - cors'],
    ]);
  });

  it('groups calls to one place whatever ids are in their paths, and no others', () => {
    const get = (url: string, at: number) =>
      makeSpan({
        id: `${url} ${at}`,
        parent: 'root',
        name: 'GET',
        kind: 'client',
        start: at * 10,
        duration: 5,
        attributes: { 'url.full': url },
      });
    const urls = [1, 2, 3, 4].flatMap((id) => [
      `http://tax:3001/rates/${id}?year=2026`,
      `http://tax:3001/rules/${id}`,
    ]);
    const { trace } = buildTrace([
      makeSpan({ id: 'root', duration: 100 }),
      ...urls.map(get),
      get('http://tax:3001/health', 9),
    ]);
    assert.deepEqual([...groupSiblings(trace).of], [-1, 0, 1, 0, 1, 0, 1, 0, 1, -1]);
  });

  it('tells calls of two lines of code apart', () => {
    const trace = traceFromOutline(`root\n${'  a\n'.repeat(8)}`);
    const places = Int32Array.of(-1, 0, 1, 0, 1, 0, 1, 0, 1);
    const groups = groupSiblings(trace, places);
    assert.deepEqual([...groups.of], [-1, 0, 1, 0, 1, 0, 1, 0, 1]);
  });

  it('has siblings of one name in one group each, as many as there are, or in none', () => {
    fc.assert(
      fc.property(anyTrace(60), (trace) => {
        const groups = groupSiblings(trace);
        const { parent, operation } = trace.columns;
        for (let row = 0; row < trace.size; row++) {
          const same = [...parent.keys()].filter(
            (one) => parent[one] === parent[row] && operation[one] === operation[row],
          );
          const group = groups.of[row]!;
          if (same.length < fewestRepeats) assert.equal(group, -1);
          else assert.deepEqual([...membersOf(groups, group)], same);
        }
      }),
    );
  });
});

describe('groupFigures', () => {
  const times = [
    [0, 100],
    [50, 100],
    [400, 10],
    [500, 20],
  ] as const;
  const { trace } = buildTrace([
    makeSpan({ id: '00000000000000a0', name: 'root', start: 0, duration: 1_000 }),
    ...times.map(([start, duration], index) =>
      makeSpan({
        id: `00000000000000b${String(index)}`,
        parent: '00000000000000a0',
        name: 'a',
        start,
        duration,
        status: index === 3 ? 'error' : 'unset',
      }),
    ),
  ]);

  it('counts the time in which one ran once, and adds up the total', () => {
    const figures = groupFigures(trace, Uint32Array.of(1, 2, 3, 4));
    assert.equal(figures.covered, 150 + 10 + 20);
    assert.equal(figures.total, 230);
    assert.deepEqual([figures.start, figures.length, figures.p95], [0, 520, 100]);
    assert.deepEqual([figures.count, figures.errors], [4, 1]);
  });

  it('are right where a shift of clocks has put one behind those after it', () => {
    const span = (id: string, service: string, start: number, duration: number) =>
      makeSpan({
        id: `00000000000000${id}`,
        parent: id === 'a0' ? undefined : '00000000000000a0',
        name: service,
        service,
        start: start * 1_000,
        duration: duration * 1_000,
      });
    const { trace: early } = buildTrace([
      span('a0', 'shop', 0, 100),
      ...[-15, 5, 25, 45].map((start, index) => span(`b${String(index)}`, 'pricing', start, 5)),
    ]);
    const adjusted = withStarts(early, adjustClocks(early).start);
    const { start, length, covered } = groupFigures(adjusted, Uint32Array.of(1, 2, 3, 4));
    assert.deepEqual([start, length, covered], [5_000, 47_500, 17_500]);
  });

  it('is right in whatever order the members begin', () => {
    fc.assert(
      fc.property(anyTrace(60), fc.gen(), (any, gen) => {
        const groups = groupSiblings(any);
        const order = gen(() =>
          fc.shuffledSubarray([...any.columns.start.keys()], { minLength: any.size }),
        );
        const moved = withStarts(
          any,
          Float64Array.from(order, (row) => any.columns.start[row]!),
        );
        const { start, duration } = moved.columns;
        for (let group = 0; group < groups.count; group++) {
          const rows = membersOf(groups, group);
          const figures = groupFigures(moved, rows);
          const ends = [...rows].map((row) => start[row]! + duration[row]!);
          assert.equal(figures.start, Math.min(...[...rows].map((row) => start[row]!)));
          assert.equal(figures.start + figures.length, Math.max(...ends));
          // Starts and lengths are whole here: what runs can be counted by the µs.
          const ran = new Set<number>();
          for (const row of rows)
            for (let at = start[row]!; at < start[row]! + duration[row]!; at++) ran.add(at);
          assert.equal(figures.covered, ran.size);
        }
      }),
    );
  });

  it('is never longer than from the first start to the last end, nor than all together', () => {
    fc.assert(
      fc.property(anyTrace(60), (any) => {
        const groups = groupSiblings(any);
        for (let group = 0; group < groups.count; group++) {
          const { covered, length, total, p95 } = groupFigures(any, membersOf(groups, group));
          assert.ok(covered <= length && covered <= total && p95 <= total);
        }
      }),
    );
  });
});
