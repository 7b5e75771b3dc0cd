import assert from 'node:assert/strict';
import { epochMicroseconds, microseconds } from '../../../../src/core/base/units.ts';
import { v3Parameters } from '../../../../src/sources/jaeger/v3Parameters.ts';

describe("the parameters of Jaeger's API v3", () => {
  const parameters = v3Parameters({
    service: 'shop',
    operation: 'GET /a',
    minDuration: microseconds(257_800),
    errorsOnly: true,
    window: {
      start: epochMicroseconds(1_795_355_992_814_123),
      end: epochMicroseconds(1_795_355_993_814_999),
    },
    limit: 20,
  });

  it('have the names of 2.19 and those before, one microsecond to the outside', () => {
    assert.deepEqual(parameters, {
      'query.serviceName': 'shop',
      'query.service_name': 'shop',
      'query.operationName': 'GET /a',
      'query.operation_name': 'GET /a',
      'query.durationMin': '257799us',
      'query.duration_min': '257799us',
      'query.startTimeMin': '2026-11-22T13:59:52.814122Z',
      'query.start_time_min': '2026-11-22T13:59:52.814122Z',
      'query.startTimeMax': '2026-11-22T13:59:53.815000Z',
      'query.start_time_max': '2026-11-22T13:59:53.815000Z',
      'query.searchDepth': '20',
      'query.num_traces': '20',
      'query.attributes': '{"error":"true"}',
    });
  });
});
