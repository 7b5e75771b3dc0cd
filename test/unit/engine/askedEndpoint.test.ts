import assert from 'node:assert/strict';

import type { EndpointRow } from '../../../src/core/correlate/endpoints/endpoints.ts';
import { askedEndpoint, endpointTitle } from '../../../src/engine/askedEndpoint.ts';
import { usersApp } from '../../support/recordedApps.ts';

const rows: readonly EndpointRow[] = usersApp.handlers.map((handler) => ({
  id: handler.id,
  service: 'users-api',
  handler,
  key: undefined,
  keys: [],
  figures: undefined,
  reason: '',
}));
const found = (asked: string) => endpointTitle(askedEndpoint(asked, rows));

describe('an endpoint that somebody names', () => {
  it('is found by title, handler or path, in any case and either way to write a parameter', () => {
    for (const asked of ['GET /users/:id', 'get /users/{id}', '/users/:id', '/Users/:id/'])
      assert.equal(found(asked), 'GET /users/:id', asked);
    assert.equal(found('userscontroller.findone'), 'GET /users/:id');
    assert.equal(found('findOne'), 'GET /users/:id');
  });

  it('is the one whose whole name it is, where others contain it', () => {
    assert.equal(found('/users'), 'POST /users');
  });

  it('must be one', () => {
    assert.throws(() => found('users'), /users fits 3 endpoints: .* Name one\./);
    assert.throws(() => found('orders'), /No endpoint found for orders\./);
  });
});
