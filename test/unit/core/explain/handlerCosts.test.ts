import assert from 'node:assert/strict';

import { handlerCosts } from '../../../../src/core/explain/handlerCosts.ts';
import { mapSpans } from '../../../support/mapTrace.ts';
import { usersApp } from '../../../support/recordedApps.ts';
import { readRecording } from '../../../support/recordedSpans.ts';

const loop = mapSpans(readRecording('nest-prisma-spans', 'users-api', 'GET n+1'), usersApp);
const all = usersApp.handlers.find(({ handler }) => handler === 'all')!;

describe('what a handler spends its time on', () => {
  it('names the lines of its sampled requests, the handler itself left out', () => {
    const costs = handlerCosts([loop, loop, loop], usersApp).get(all.id)!;
    assert.equal(costs.requests, 3);
    const repeated = costs.places.find(({ location }) => location?.line === 33)!;
    assert.deepEqual(repeated.callsPerRequest, { slow: 2, usual: undefined });
    assert.ok(repeated.inLoop);
    assert.ok(costs.places.every(({ symbol }) => symbol !== 'UsersController.all'));
    assert.ok(costs.places.every(({ share }) => share >= 0.03));
  });

  it('says nothing of a single request', () => {
    assert.equal(handlerCosts([loop], usersApp).size, 0);
  });
});
