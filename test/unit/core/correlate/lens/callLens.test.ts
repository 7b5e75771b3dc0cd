import assert from 'node:assert/strict';

import { fromMilliseconds, fromMinutes, microseconds } from '../../../../../src/core/base/units.ts';
import { callName } from '../../../../../src/core/code/calls/prisma/callName.ts';
import { callLens, costSentence } from '../../../../../src/core/correlate/lens/callLens.ts';
import type { LensSettings } from '../../../../../src/core/correlate/lens/lensText.ts';
import type { CallCost } from '../../../../../src/core/explain/callCosts.ts';
import { inKorean } from '../../../../support/korean.ts';

const settings: LensSettings = {
  mode: 'full',
  slow: fromMilliseconds(500),
  whenNoTraces: 'nothing',
  windowMinutes: 60,
  staleFor: undefined,
};
const call = { library: 'prisma', model: 'Order', operation: 'findMany' } as const;

const costing = (calls: number, ms: number, ofMs: number): CallCost => ({
  handlerId: 'remove',
  requests: 9,
  slow: fromMilliseconds(ofMs),
  callsPerRequest: { slow: calls, usual: undefined },
  timePerRequest: { slow: fromMilliseconds(ms), usual: undefined },
  loops: [],
});
const lens = (cost: CallCost | undefined, most = 1, how = settings, isAlone = true) =>
  callLens(call, { maxPerRequest: most }, cost, how, isAlone);
const text = (...of: Parameters<typeof lens>) => lens(...of)?.text;

describe('the line above a call', () => {
  it('says how often one request runs it and how much of its time that costs', () => {
    assert.equal(text(costing(22, 2_020, 2_400), 31), '×22 in one request · 2.02 s of 2.4 s');
  });

  it('says the time alone of a call that runs once', () => {
    assert.equal(text(costing(1, 430, 600)), '430 ms of 600 ms in one request');
  });

  it('shouts where it costs most of a slow request, not where it runs often', () => {
    const shouts = (cost: CallCost, most = 1) => lens(cost, most)?.isHot;
    assert.equal(shouts(costing(22, 2_020, 2_400), 22), true);
    assert.equal(shouts(costing(1, 300, 600)), true);
    assert.equal(shouts(costing(22, 22, 2_400), 22), false);
    assert.equal(shouts(costing(1, 80, 2_400)), false);
    assert.equal(shouts(costing(22, 190, 200), 22), false, 'the request is fast');
  });

  it('leads to where the time goes from 3% of a request that takes a while, else to the calls', () => {
    const isCostly = (cost: CallCost) => lens(cost, 22)?.isCostly;
    assert.equal(isCostly(costing(1, 80, 2_400)), true);
    assert.equal(isCostly(costing(22, 22, 2_400)), false);
    assert.equal(isCostly(costing(22, 30, 40)), false);
  });

  it('is there for repeated calls whatever they cost, and for single ones only where they cost something', () => {
    assert.equal(text(costing(22, 22, 2_400), 22), '×22 in one request · 22 ms of 2.4 s');
    assert.equal(text(costing(1, 22, 2_400)), undefined);
    assert.equal(text(costing(1, 20, 24)), undefined, 'a fast request');
    assert.equal(text(undefined, 4), undefined);
    assert.equal(text(undefined, 214), '×214 in one request');
  });

  it('says only how often where fast requests repeat what slow ones call once', () => {
    assert.equal(text(costing(1, 22, 2_400), 8), '×8 in one request');
  });

  it('names the call where another one stands on its line', () => {
    assert.equal(
      text(costing(22, 2_020, 2_400), 22, settings, false),
      'order.findMany: ×22 in one request · 2.02 s of 2.4 s',
    );
    assert.equal(callName({ model: 'OrderItem', operation: 'delete' }), 'orderItem.delete');
    assert.equal(callName({ model: undefined, operation: 'queryRaw' }), '$queryRaw');
    assert.equal(callName({ model: undefined, operation: 'count' }), '[model].count');
  });

  it('is off where lenses are, and only for slow requests in the mode slowOnly', () => {
    const cost = costing(22, 2_020, 2_400);
    for (const mode of ['off', 'hoverOnly'] as const)
      assert.equal(text(cost, 22, { ...settings, mode }), undefined);
    const slowOnly: LensSettings = { ...settings, mode: 'slowOnly' };
    assert.ok(text(cost, 22, slowOnly));
    assert.equal(text(costing(22, 300, 400), 22, slowOnly), undefined);
    assert.equal(text(undefined, 22, slowOnly), undefined);
  });

  it('says how old it is when it could not be read again', () => {
    assert.equal(
      text(undefined, 22, { ...settings, staleFor: fromMinutes(3) }),
      '×22 in one request · 3 min ago',
    );
  });

  it('divides by no request that took no time', () => {
    assert.equal(text({ ...costing(1, 0, 0), slow: microseconds(0) }), undefined);
  });

  describe('in Korean', () => {
    inKorean();

    it('reads as Korean', () => {
      assert.equal(text(costing(22, 2_020, 2_400), 22), '요청 1건에 22회 · 2.4 s 중 2.02 s');
      assert.equal(text(costing(1, 430, 600)), '요청 1건의 600 ms 중 430 ms');
      assert.equal(text(undefined, 22), '요청 1건에 22회');
    });
  });
});

describe('what its tooltip and hover say', () => {
  it('is in whose requests, how long they take, and the loop that makes the calls', () => {
    const loop = { path: '/shop/orders.service.ts', line: 81, column: 1 };
    const cost = { ...costing(22, 2_020, 2_400), loops: [loop] };
    assert.equal(
      costSentence(cost, 'DELETE /orders/:id'),
      'A slow request of DELETE /orders/:id (2.4 s) spends 2.02 s in 22 calls here. They are in the loop at orders.service.ts:81.',
    );
    const several = { ...cost, loops: [loop, { ...loop, line: 90 }] };
    assert.ok(!costSentence(several, 'x').includes('loop'), 'not one of several');
    assert.equal(
      costSentence(costing(1, 430, 600), 'GET /orders'),
      'A slow request of GET /orders (600 ms) spends 430 ms here.',
    );
  });
});
