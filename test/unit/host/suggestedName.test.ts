import assert from 'node:assert/strict';
import { suggestedName } from '../../../src/host/export/suggestedName.ts';

describe('the name of a file for a trace', () => {
  for (const [operation, name] of [
    ['DELETE /api/v1/orders/:id', 'DELETE-api-v1-orders-id.trace.json'],
    ['주문 삭제', '주문-삭제.trace.json'],
    ['', 'trace.trace.json'],
    ['../../etc/passwd\0', 'etc-passwd.trace.json'],
    ['a'.repeat(2_000), `${'a'.repeat(60)}.trace.json`],
    [`${'a'.repeat(59)}\u{20bb7}b`, `${'a'.repeat(59)}.trace.json`],
  ] as const)
    it(`is ${name.slice(0, 30)} for ${JSON.stringify(operation.slice(0, 30))}`, () =>
      assert.equal(suggestedName(operation), name));

  it('has the ending of a picture', () => {
    assert.equal(suggestedName('DELETE /orders/:id', 'svg'), 'DELETE-orders-id.svg');
  });
});
