import assert from 'node:assert/strict';
import fc from 'fast-check';
import { pathShape } from '../../../../src/core/trace/pathShape.ts';

describe('pathShape', () => {
  for (const [path, shape] of [
    ['/orders/4711/items', '/orders/*/items'],
    ['/orders/7?all=1#top', '/orders/*'],
    ['/api/v1/users/3f0e8b54-19a2-4b0c-9f3d-0a6c1f2b7e11', '/api/v1/users/*'],
    ['/files/ckz8u2v1q0001s6lq', '/files/*'],
    ['/oauth2/callback', '/oauth2/callback'],
    ['/', '/'],
    ['', ''],
    ['/a/b/c/d/e/f/g/h/i/j', '/a/b/c/d/e/f/g/h/*'],
  ] as const)
    it(`is ${shape || 'empty'} of ${path || 'no path'}`, () => {
      assert.equal(pathShape(path), shape);
    });

  it('is the same for all ids, short whatever the path, and its own shape', () => {
    fc.assert(
      fc.property(fc.nat(), fc.uuid(), (number, uuid) => {
        assert.equal(pathShape(`/orders/${String(number)}`), '/orders/*');
        assert.equal(pathShape(`/orders/${uuid}/x`), '/orders/*/x');
      }),
    );
    fc.assert(
      fc.property(fc.webPath(), (path) => {
        const shape = pathShape(path);
        assert.ok(shape.length <= 300);
        assert.equal(pathShape(shape), shape);
      }),
    );
  });
});
