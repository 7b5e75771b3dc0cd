import assert from 'node:assert/strict';

import { microseconds } from '../../../../../src/core/base/units.ts';
import type { CallSite } from '../../../../../src/core/code/model.ts';
import {
  independentAwaits,
  independentAwaitsSentence,
} from '../../../../../src/core/correlate/calls/independentAwaits.ts';
import type { SequentialRuns } from '../../../../../src/core/correlate/calls/sequentialRuns.ts';

const loop = { path: '/shop/orders.service.ts', line: 35, column: 1 };
const place = {
  id: 'a',
  location: { path: '/shop/orders.service.ts', line: 36, column: 9 },
  enclosing: 'OrdersService.list',
  methodId: undefined,
  inLoop: true,
  loop,
  project: '/shop',
} as const;
const find: CallSite = { ...place, library: 'prisma', model: 'OrderItem', operation: 'findMany' };
const get: CallSite = { ...place, library: 'http', operation: 'GET', target: 'https://tax/*' };
const runs: SequentialRuns = {
  requests: 8,
  callsPerRequest: 22,
  together: microseconds(2_000_000),
  longest: microseconds(120_000),
};
const apart = { hasIndependentTurns: () => true };

const isSaid = (
  call: CallSite,
  {
    seen = runs,
    loops = [loop],
    index = apart,
  }: { seen?: SequentialRuns | undefined; loops?: (typeof loop)[]; index?: typeof apart } = {},
) => independentAwaits(call, loops, seen, index) !== undefined;

describe('awaits of a loop that don’t depend on each other', () => {
  it('are said of calls that only ask', () => {
    for (const call of [
      find,
      get,
      { ...get, library: 'sql', operation: 'query', target: 'SELECT 1' },
      { ...get, library: 'cache', operation: 'get' },
      { ...get, library: 'grpc', operation: 'FindOne' },
    ] as const)
      assert.ok(isSaid(call), JSON.stringify(call));
    for (const call of [
      { ...find, operation: 'update' },
      { ...find, operation: 'transaction' },
      { ...find, inTransaction: true },
      { ...find, through: 'Transactional' },
      { ...get, operation: 'POST' },
      { ...get, operation: undefined },
      { ...get, library: 'sql', operation: 'query', target: 'UPDATE a SET b = 1' },
      { ...get, library: 'cache', operation: 'set' },
      { ...get, library: 'messages', operation: 'send' },
      { ...get, library: 'spans', operation: 'startSpan' },
    ] as const)
      assert.ok(!isSaid(call), JSON.stringify(call));
  });

  it('need the code of one loop that allows it, and traces that show it', () => {
    assert.ok(!isSaid(find, { index: { hasIndependentTurns: () => false } }));
    assert.ok(!isSaid(find, { loops: [] }));
    assert.ok(!isSaid(find, { loops: [loop, { ...loop, line: 90 }] }));
    assert.equal(independentAwaits(find, [loop], undefined, apart), undefined);
  });

  it('need enough requests, enough calls, and time to save', () => {
    assert.ok(!isSaid(find, { seen: { ...runs, requests: 4 } }));
    assert.ok(!isSaid(find, { seen: { ...runs, callsPerRequest: 2 } }));
    assert.ok(!isSaid(find, { seen: { ...runs, together: microseconds(130_000) } }));
    assert.ok(isSaid(find, { seen: { ...runs, together: microseconds(140_000) } }));
  });

  it('are said with how often they run, the loop, what could be saved, and of how many requests', () => {
    assert.equal(
      independentAwaitsSentence(find, { ...runs, loop }, false),
      "orderItem.findMany runs 22 times in a request on average, one after the other. The iterations of the loop at orders.service.ts:35 don't depend on each other: at the same time, their calls may take 120 ms instead of 2 s. Based on 8 requests.",
    );
  });

  it('add to what is said of a repeated call only what it doesn’t say', () => {
    assert.equal(
      independentAwaitsSentence(find, { ...runs, loop }, true),
      "The iterations of the loop at orders.service.ts:35 don't depend on each other: at the same time, their calls may take 120 ms instead of 2 s.",
    );
  });
});
