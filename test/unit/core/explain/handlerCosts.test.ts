import assert from 'node:assert/strict';

import { callCosts } from '../../../../src/core/explain/callCosts.ts';
import { CostTreeBuilder } from '../../../../src/core/explain/costTree.ts';
import { handlerCosts } from '../../../../src/core/explain/handlerCosts.ts';
import { handlerTrees } from '../../../../src/core/explain/handlerTrees.ts';
import { loopsOf } from '../../../../src/core/explain/loops.ts';
import type { Match } from '../../../../src/core/matching/match.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { makeIndex } from '../../../support/codeIndex.ts';
import { mapSpans } from '../../../support/mapTrace.ts';
import { usersApp } from '../../../support/recordedApps.ts';
import { readRecording } from '../../../support/recordedSpans.ts';
import { makeSpan } from '../../../support/span.ts';

const loop = mapSpans(readRecording('nest-prisma-spans', 'users-api', 'GET n+1'), usersApp);
const loops = loopsOf(usersApp);
const all = usersApp.handlers.find(({ handler }) => handler === 'all')!;

describe('what a handler spends its time on', () => {
  it('names the lines of its sampled requests, the handler itself left out', () => {
    const costs = handlerCosts(handlerTrees([loop, loop, loop]), loops).get(all.id)!;
    assert.equal(costs.requests, 3);
    const repeated = costs.places.find(({ location }) => location?.line === 33)!;
    assert.deepEqual(repeated.callsPerRequest, { slow: 2, usual: undefined });
    assert.deepEqual(
      repeated.loops.map(({ line }) => line),
      [32],
    );
    assert.ok(costs.places.every(({ symbol }) => symbol !== 'UsersController.all'));
    assert.ok(costs.places.every(({ share }) => share >= 0.03));
  });

  it('says nothing of a single request', () => {
    assert.equal(handlerCosts(handlerTrees([loop]), loops).size, 0);
  });
});

describe('requests inside one another', () => {
  it('are looked at to a depth that no service has', () => {
    const size = 4_000;
    const { trace } = buildTrace(
      Array.from({ length: size }, (_, at) =>
        makeSpan({
          id: String(at),
          parent: at === 0 ? undefined : String(at - 1),
          start: at,
          duration: 2 * (size - at),
        }),
      ),
    );
    const handlers = ['carts', 'orders'].map((handlerId, at): Match => ({
      handlerId,
      callId: undefined,
      location: { path: '/w/shop.ts', line: at + 1, column: 1 },
      symbol: handlerId,
      confidence: 'strong',
      reason: '',
      alternatives: [],
    }));
    const matches = trace.spans.map((_, row) => handlers[row % 2]!);
    const trees = handlerTrees([{ trace, matches }]);
    assert.deepEqual(
      [...trees].map(([id, { durations }]) => [id, durations.length]),
      [
        ['carts', 10],
        ['orders', 10],
      ],
    );
  });
});

describe('what a call costs', () => {
  const callAt = (line: number) => usersApp.calls.find(({ location }) => location.line === line)!;
  const costs = callCosts(handlerTrees([loop, loop]), loops);

  it('is its calls and time in a slow request of its handler, and the loop that runs it', () => {
    const { handlerId, callsPerRequest, timePerRequest, slow, ...cost } = costs.get(callAt(33).id)!;
    assert.equal(handlerId, all.id);
    assert.deepEqual(callsPerRequest, { slow: 2, usual: undefined });
    assert.ok(timePerRequest.slow > 0 && timePerRequest.slow < slow);
    assert.deepEqual(
      cost.loops.map(({ line }) => line),
      [32],
    );
    assert.deepEqual(costs.get(callAt(31).id)!.loops, []);
  });

  it('is the same as its place says in the explanation', () => {
    const { places } = handlerCosts(handlerTrees([loop, loop]), loops).get(all.id)!;
    const repeated = places.find(({ location }) => location?.line === 33)!;
    const { callsPerRequest, timePerRequest } = costs.get(callAt(33).id)!;
    assert.deepEqual(callsPerRequest, repeated.callsPerRequest);
    assert.deepEqual(timePerRequest, repeated.timePerRequest);
  });

  it('counts a call of a batch once, though its query runs below another call of it', () => {
    const code = makeIndex({
      '/shop/users-api': {
        files: {
          'src/a.ts': {
            A: {
              count: { at: 1, route: 'GET /users/count', prisma: ['User.count@2', 'Post.count@3'] },
            },
          },
        },
      },
    });
    const batch = mapSpans(readRecording('prisma6-spans', 'users-api', 'tx array'), code);
    const tree = new CostTreeBuilder();
    tree.add(batch, 0);
    const calls = code.calls.map(({ id }) => tree.calls.get(id)?.calls.get(0));
    assert.deepEqual(calls, [1, 1]);
  });

  it('is said of a single request too, and of no call that none makes', () => {
    assert.ok(callCosts(handlerTrees([loop]), loops).has(callAt(33).id));
    assert.ok(!costs.has(callAt(21).id));
  });
});
