import assert from 'node:assert/strict';
import fc from 'fast-check';

import { microseconds } from '../../../../src/core/base/units.ts';
import { CostTreeBuilder } from '../../../../src/core/explain/costTree.ts';
import { dominantCost } from '../../../../src/core/explain/dominantCost.ts';
import {
  explain,
  type CostNode,
  type Explanation,
} from '../../../../src/core/explain/explanation.ts';
import type { Loops } from '../../../../src/core/explain/loops.ts';
import type { MappedTrace } from '../../../../src/core/matching/mappedTrace.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { mapSpans } from '../../../support/mapTrace.ts';
import { noLoops } from '../../../support/noLoops.ts';
import { usersApp } from '../../../support/recordedApps.ts';
import { readRecording } from '../../../support/recordedSpans.ts';
import { anyTrace } from '../../../support/shapes.ts';
import { makeSpan, type SpanSketch } from '../../../support/span.ts';

const unmapped = { confidence: 'unmapped', cause: 'noCode', reason: '' } as const;

const madeOf = (...sketches: readonly SpanSketch[]): MappedTrace => {
  const { trace } = buildTrace(sketches.map(makeSpan));
  return { trace, matches: trace.spans.map(() => unmapped as never) };
};

function explained(
  traces: readonly MappedTrace[],
  slowFrom = 0,
  loops: Loops = noLoops,
): Explanation {
  const tree = new CostTreeBuilder();
  for (const mapped of traces) tree.add(mapped, 0);
  return explain(tree, { slowFrom: microseconds(slowFrom), loops })!;
}

const nodesOf = (root: CostNode): readonly CostNode[] => [root, ...root.below.flatMap(nodesOf)];
const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0);
const near = (a: number, b: number) => Math.abs(a - b) < 1e-6;

describe('an explanation', () => {
  it('shares out all of the time, once, whatever the traces look like', () => {
    fc.assert(
      fc.property(fc.array(anyTrace(), { minLength: 1, maxLength: 4 }), (traces) => {
        const mapped = traces.map((trace) => ({
          trace,
          matches: trace.spans.map(() => unmapped as never),
        }));
        const { root, kinds, services } = explained(mapped);
        const took = traces.some(({ columns }) => columns.duration[0]! > 0);
        const whole = took ? 1 : 0;
        assert.ok(near(root.share, whole));
        assert.ok(near(sum(nodesOf(root).map(({ ownShare }) => ownShare)), whole));
        assert.ok(near(sum(kinds.map(({ share }) => share)), whole));
        assert.ok(near(sum(services.map(({ share }) => share)), whole));
        for (const { share, ownShare, below } of nodesOf(root)) {
          assert.ok(near(share, ownShare + sum(below.map((one) => one.share))));
          assert.ok(below.every((one, at) => one.share <= (below[at - 1]?.share ?? 1)));
        }
      }),
    );
  });

  it('of one request says of each place the time that its share is of', () => {
    fc.assert(
      fc.property(anyTrace(), (trace) => {
        const { root, slow } = explained([
          { trace, matches: trace.spans.map(() => unmapped as never) },
        ]);
        for (const { share, timePerRequest } of nodesOf(root))
          assert.ok(Math.abs(timePerRequest.slow - share * slow) <= 1e-6 * (1 + slow));
      }),
    );
  });

  it('merges the calls of a line, and what is below each of them', () => {
    const mapped = mapSpans(readRecording('nest-prisma-spans', 'users-api', 'GET n+1'), usersApp);
    const call = usersApp.calls.find(({ location }) => location.line === 33)!;
    const { root } = explained([mapped], 0, {
      methodAt: () => undefined,
      around: (id) => (id === call.id ? [call.location] : []),
    });
    const lines = nodesOf(root).filter(({ location }) => location !== undefined);
    assert.deepEqual(
      lines.map(({ location, calls, loops }) => [location!.line, calls, loops.length]),
      [
        [10, 1, 0],
        [33, 2, 1],
        [31, 1, 0],
      ],
    );
    const repeated = lines.find(({ location }) => location!.line === 33)!;
    assert.deepEqual(repeated.callsPerRequest, { slow: 2, usual: undefined });
  });

  it('tells how often a slow request calls from how often others do', () => {
    const request = (calls: number) =>
      madeOf(
        { id: 'root', name: 'DELETE /orders/:id', duration: 100 * calls },
        ...Array.from({ length: calls }, (_, at) => ({
          id: `call${at}`,
          parent: 'root',
          name: 'GET',
          kind: 'client' as const,
          start: at * 100,
          duration: 90,
          attributes: { 'url.full': `http://tax.local/rates/${at + 10}` },
        })),
      );
    const { root, slow, usual, slowRequests } = explained(
      [request(4), request(3), request(31), request(4)],
      3_000,
    );
    assert.deepEqual([slow, usual, slowRequests], [3_100, 400, 1]);
    const [call] = root.below;
    assert.equal(call!.symbol, 'GET tax.local/rates/*');
    assert.deepEqual(call!.callsPerRequest, { slow: 31, usual: 4 });
    assert.deepEqual(call!.timePerRequest, { slow: 31 * 90, usual: 4 * 90 });
    assert.deepEqual(root.timePerRequest, { slow, usual });
    assert.deepEqual([call!.kind, call!.p50, call!.p95], ['http', 90, 90]);
    assert.ok(near(call!.share, 0.9));
  });

  it('goes through calls nested ten thousand deep', () => {
    const deep = madeOf(
      ...Array.from({ length: 10_000 }, (_, at) => ({
        id: String(at),
        parent: at === 0 ? undefined : String(at - 1),
        duration: 20_000 - at,
        start: at,
      })),
    );
    let depth = 0;
    for (let node: CostNode | undefined = explained([deep]).root; node; node = node.below[0])
      depth += 1;
    assert.equal(depth, 10_000);
  });

  it('has none without requests', () => {
    const options = { slowFrom: microseconds(0), loops: noLoops };
    assert.equal(explain(new CostTreeBuilder(), options), undefined);
  });
});

describe('the dominant cost', () => {
  const request = (...below: readonly SpanSketch[]) =>
    dominantCost(explained([madeOf({ id: 'root', duration: 100 }, ...below)]).root)?.symbol;

  it('is the last place along which most of the time goes, in the service of the handler', () => {
    const inner = { id: 'query', parent: 'find', duration: 85 };
    assert.equal(request({ id: 'find', parent: 'root', duration: 90 }, inner), 'query');
    const called = { ...inner, service: 'pricing-api' };
    assert.equal(request({ id: 'find', parent: 'root', duration: 90 }, called), 'find');
  });

  it('is none where the time is the own code, or spread over many', () => {
    assert.equal(request({ id: 'find', parent: 'root', duration: 30 }), undefined);
    const three = ['a', 'b', 'c'].map((id, at) => ({
      id,
      parent: 'root',
      start: at * 33,
      duration: 33,
    }));
    assert.equal(request(...three), undefined);
  });

  it('is the caller where what is below it is spread over several', () => {
    assert.equal(
      request(
        { id: 'save', parent: 'root', duration: 90 },
        { id: 'one', parent: 'save', duration: 45 },
        { id: 'two', parent: 'save', start: 45, duration: 45 },
      ),
      'save',
    );
  });
});
