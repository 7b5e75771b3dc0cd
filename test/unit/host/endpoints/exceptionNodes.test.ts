import assert from 'node:assert/strict';

import { epochMicroseconds } from '../../../../src/core/base/units.ts';
import type { SeenException } from '../../../../src/core/correlate/exceptions/exceptions.ts';
import type { SampledRequests } from '../../../../src/engine/methods.ts';
import { exceptionNodes, exceptionsNode } from '../../../../src/host/endpoints/exceptionNodes.ts';

const seen = (type: string, line?: number): SeenException => ({
  id: type,
  type,
  message: 'no',
  place:
    line === undefined
      ? undefined
      : {
          location: { path: '/ws/orders.service.ts', line, column: 1 },
          symbol: 'OrdersService.remove',
          reason: '',
          method: undefined,
        },
  handledBy: 'DELETE /orders/:id',
  requests: 1,
  latest: { traceId: 'aa', spanId: 'bb', label: 'x', start: epochMicroseconds(0) },
});
const sample: SampledRequests = {
  sampledTraces: 20,
  isWhole: false,
  kinds: [],
  expected: 3,
  exceptions: [seen('TypeError', 42), seen('ECONNREFUSED')],
};

describe('errors above the endpoints', () => {
  it('open their line; those without one the span that recorded them', () => {
    const node = exceptionsNode(sample, '')!;
    assert.equal(node.expected, 3);
    const [located, other] = exceptionNodes(node);
    assert.ok('endpointId' in located! && !('traceId' in located));
    assert.equal(located.location?.line, 42);
    assert.ok('traceId' in other! && other.spanId === 'bb');
    assert.equal(located.latest.traceId, 'aa');
  });

  it("follow the view's filter, by type, message, handler, method and file", () => {
    const typesOf = (filter: string) =>
      exceptionsNode(sample, filter)?.exceptions.map(({ type }) => type);
    assert.deepEqual(typesOf('typeerror orders.service'), ['TypeError']);
    assert.deepEqual(typesOf('DELETE /orders'), ['TypeError', 'ECONNREFUSED']);
    assert.deepEqual(typesOf('OrdersService.remove'), ['TypeError']);
    assert.equal(typesOf('customers'), undefined);
  });

  it("aren't there without any, nor before traces were read", () => {
    assert.equal(exceptionsNode({ ...sample, exceptions: [] }, ''), undefined);
    assert.equal(exceptionsNode(undefined, ''), undefined);
  });
});
