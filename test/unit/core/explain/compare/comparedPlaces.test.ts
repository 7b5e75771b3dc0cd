import assert from 'node:assert/strict';
import fc from 'fast-check';
import { ComparedPlaces } from '../../../../../src/core/explain/compare/comparedPlaces.ts';
import type { MappedTrace } from '../../../../../src/core/matching/mappedTrace.ts';
import { buildTrace } from '../../../../../src/core/trace/build.ts';
import { differenceOf } from '../../../../../src/core/trace/compare/comparison.ts';
import type { RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { mapSpans } from '../../../../support/mapTrace.ts';
import { nPlusOne } from '../../../../support/nPlusOne.ts';
import { usersApp } from '../../../../support/recordedApps.ts';
import { anyTrace } from '../../../../support/shapes.ts';
import { makeSpan } from '../../../../support/span.ts';

const unmapped = (spans: readonly RawSpan[]): MappedTrace => {
  const { trace } = buildTrace(spans);
  const none = { confidence: 'unmapped', cause: 'namesNoCode', reason: '' } as const;
  return { trace, matches: trace.spans.map(() => none) };
};

function compared(before: MappedTrace, after: MappedTrace): ComparedPlaces {
  const places = new ComparedPlaces();
  places.add(1, after);
  places.add(0, before);
  return places;
}

const figures = ['calls', 'errors', 'critical', 'total', 'self'] as const;
type Figures = Readonly<Record<(typeof figures)[number], readonly [number, number]>>;

/** Of each path of calls (`order/query`), what both traces have on it. */
function byPath(places: ComparedPlaces): ReadonlyMap<string, Figures> {
  const calls = places.calls(Infinity);
  const paths: string[] = [];
  return new Map(
    calls.map((call, at) => {
      paths[at] = `${call.parent < 0 ? '' : paths[call.parent]}/${call.name}`;
      const { calls: counts, errors, critical, total, self } = call;
      return [paths[at], { calls: counts, errors, critical, total, self }];
    }),
  );
}

/** The same, slowly: each span's path by walking up, spans nested in one of the same name as one with it. */
function slowly(traces: readonly [MappedTrace, MappedTrace]) {
  const sums = new Map<string, Record<'calls' | 'total' | 'self' | 'critical', [number, number]>>();
  for (const [side, { trace }] of traces.entries()) {
    const { parent, duration, selfTime, criticalTime } = trace.columns;
    const nameAt = (row: number) => trace.spans[row]?.name ?? '';
    for (let row = 0; row < trace.size; row++) {
      const above: string[] = [];
      for (let at = row; at >= 0; at = parent[at]!) {
        if (above[0] !== nameAt(at)) above.unshift(nameAt(at));
      }
      for (let length = above.length; length > 0; length--) {
        const path = `/${above.slice(0, length).join('/')}`;
        const sum = sums.get(path) ?? {
          calls: [0, 0],
          total: [0, 0],
          self: [0, 0],
          critical: [0, 0],
        };
        sums.set(path, sum);
        sum.critical[side]! += criticalTime[row]!;
        if (length < above.length) continue;
        sum.calls[side]! += 1;
        sum.self[side]! += selfTime[row]!;
        if (nameAt(parent[row]!) !== nameAt(row)) sum.total[side]! += duration[row]!;
      }
    }
  }
  return sums;
}

/** Traces with one root, whose critical path their columns know. */
const anySpans = anyTrace(30).map(({ spans }) =>
  spans.map((span, at) => ({
    ...span,
    parentSpanId: at > 0 ? (span.parentSpanId ?? spans[0]!.spanId) : undefined,
  })),
);
const isNear = (a: number, b: number) => Math.abs(a - b) <= 1e-6 * (1 + Math.abs(a));

describe('two traces merged by path', () => {
  it('have on each path what a slow count of both finds there', () => {
    fc.assert(
      fc.property(anySpans, anySpans, (one, other) => {
        const [before, after] = [unmapped(one), unmapped(other)];
        const paths = byPath(compared(before, after));
        const expected = slowly([before, after]);
        assert.deepEqual([...paths.keys()].sort(), [...expected.keys()].sort());
        for (const [path, sums] of expected)
          for (const figure of ['calls', 'total', 'self', 'critical'] as const)
            for (const side of [0, 1] as const)
              assert.ok(
                isNear(paths.get(path)![figure][side], sums[figure][side]),
                `${figure} of ${path}`,
              );
      }),
    );
  });

  it('add up to the calls and the self time of each', () => {
    fc.assert(
      fc.property(anyTrace(), anyTrace(), (one, other) => {
        const traces = [unmapped(one.spans), unmapped(other.spans)] as const;
        const calls = compared(...traces).calls(Infinity);
        for (const side of [0, 1] as const) {
          const { trace } = traces[side];
          const sum = (of: 'calls' | 'self') =>
            calls.reduce((all, call) => all + call[of][side], 0);
          assert.equal(sum('calls'), trace.size);
          assert.ok(
            isNear(
              sum('self'),
              trace.columns.selfTime.reduce((all, time) => all + time, 0),
            ),
          );
        }
      }),
    );
  });

  it('differ nowhere where both are the same', () => {
    fc.assert(
      fc.property(anyTrace(), ({ spans }) => {
        const calls = compared(unmapped(spans), unmapped(spans)).calls(Infinity);
        for (const call of calls)
          for (const figure of figures) assert.equal(differenceOf(call[figure]), 0);
      }),
    );
  });

  it('are the same whatever their ids, the order of their spans and the time of day', () => {
    const renamed = (spans: readonly RawSpan[]) =>
      spans.map((span) => ({
        ...span,
        traceId: 'f'.repeat(32),
        spanId: `f${span.spanId.slice(1)}`,
        parentSpanId: span.parentSpanId && `f${span.parentSpanId.slice(1)}`,
        start: (span.start + 5_000_000) as typeof span.start,
      }));
    fc.assert(
      fc.property(anyTrace(), anyTrace(), (one, other) => {
        const plain = compared(unmapped(one.spans), unmapped(other.spans));
        const turned = compared(
          unmapped(renamed(one.spans).reverse()),
          unmapped(renamed(other.spans)),
        );
        // Siblings that begin at the same time are in the order of their ids, which decides whose the critical path is.
        const shown = (places: ComparedPlaces) =>
          [...byPath(places)]
            .map(([path, { calls, total, self }]) => [path, calls, total, self])
            .sort();
        assert.deepEqual(shown(turned), shown(plain));
      }),
    );
  });

  it('keep the largest differences and all that leads to them where there is too much', () => {
    fc.assert(
      fc.property(anyTrace(), anyTrace(), fc.integer({ min: 1, max: 12 }), (one, other, most) => {
        const places = compared(unmapped(one.spans), unmapped(other.spans));
        const calls = places.calls(most);
        assert.equal(calls.length, Math.min(most, places.tree.size));
        calls.forEach((call, at) => assert.ok(call.parent < at));
        const roots = calls.filter(({ parent }) => parent < 0).map(({ id }) => id);
        for (const id of roots) assert.equal(places.tree.parent[id], -1);
      }),
    );
  });

  const id = (index: number) => (index + 1).toString(16).padStart(16, '0');

  it('may be 72,000 deep', () => {
    const chain = Array.from({ length: 72_000 }, (_, at) =>
      makeSpan({
        id: id(at),
        parent: at === 0 ? undefined : id(at - 1),
        name: at % 2 === 0 ? 'even' : 'odd',
        start: at,
        duration: 144_000 - 2 * at,
      }),
    );
    const places = compared(unmapped(chain.slice(0, 100)), unmapped(chain));
    assert.equal(places.tree.size, 72_000);
    assert.equal(places.calls(2_000).length, 2_000);
  });

  it('may have 50,000 children of one span', () => {
    const wide = Array.from({ length: 50_001 }, (_, at) =>
      makeSpan({
        id: id(at),
        parent: at === 0 ? undefined : id(0),
        name: at === 0 ? 'all' : `call ${at % 30_000}`,
        start: at,
        duration: at === 0 ? 100_000 : 2,
      }),
    );
    const places = compared(unmapped(wide.slice(0, 100)), unmapped(wide));
    assert.equal(places.tree.size, 30_001);
    const [root] = places.calls(10);
    assert.deepEqual(root?.calls, [1, 1]);
  });
});

describe('two mapped traces merged by path', () => {
  const [two, many] = [2, 22].map((calls) => mapSpans(nPlusOne(calls, 0).spans, usersApp));

  it('have one call for what a line repeats, and one for the layers of a handler', () => {
    const calls = compared(two!, many!).calls(Infinity);
    assert.deepEqual(
      calls.map(({ name, location, calls: counts, critical }) => [
        name,
        location?.line,
        counts,
        critical,
      ]),
      [
        ['UsersController.all', 10, [1, 1], [200_000, 1_200_000]],
        ['user.findMany in UsersService.nPlusOne', 31, [1, 1], [5_000, 5_000]],
        ['post.findMany in UsersService.nPlusOne', 33, [2, 22], [100_000, 1_100_000]],
      ],
    );
  });

  it('know the rows of a call in each', () => {
    const places = compared(two!, many!);
    const repeated = places.calls(Infinity).find(({ location }) => location?.line === 33)!;
    assert.equal(places.rowsOf(0, repeated.id).length, 2);
    assert.equal(places.rowsOf(1, repeated.id).length, 22);
  });
});
