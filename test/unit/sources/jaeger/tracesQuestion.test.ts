import assert from 'node:assert/strict';
import { epochMicroseconds, microseconds } from '../../../../src/core/base/units.ts';
import { v3Parameters } from '../../../../src/sources/jaeger/v3Parameters.ts';
import { traceParameters } from '../../../../src/sources/jaeger/tracesQuestion.ts';

const question = {
  service: 'shop',
  operation: undefined,
  minDuration: undefined,
  errorsOnly: false,
  window: {
    start: epochMicroseconds(1_795_355_992_814_123),
    end: epochMicroseconds(1_795_355_993_814_123),
  },
  limit: 20,
};

describe('the parameters of /api/traces', () => {
  it('are whole microseconds, a little wider than the window, for stores that exclude the ends', () => {
    assert.deepEqual(traceParameters(question), {
      service: 'shop',
      start: '1795355992814122',
      end: '1795355993814124',
      limit: '20',
    });
    const window = { start: epochMicroseconds(1_000.5), end: epochMicroseconds(2_000.5) };
    const { start, end } = traceParameters({ ...question, window });
    assert.deepEqual([start, end], ['1000', '2001']);
  });

  it('never begin before 1970, also for all the traces there are', () => {
    const window = { start: epochMicroseconds(0), end: epochMicroseconds(1) };
    assert.equal(traceParameters({ ...question, window })['start'], '0');
    assert.match(
      v3Parameters({ ...question, window })['query.start_time_min'] ?? '',
      /^1970-01-01T00:00:00/,
    );
  });

  it('ask for attributes and errors by tag, for floats by the digits that are indexed', () => {
    const attributes = [
      { key: 'tier', value: 'gold' },
      { key: 'ratio', value: String(1 / 3) },
      { key: 'version', value: '1.10' },
      { key: 'service.name', value: 'shop' },
    ];
    const { tags } = traceParameters({ ...question, attributes, errorsOnly: true });
    assert.deepEqual(JSON.parse(tags ?? ''), {
      tier: 'gold',
      ratio: '0.3333333333',
      version: '1.10',
      error: 'true',
    });
  });

  it('ask for one microsecond more than the longest duration', () => {
    const asked = (value: number) =>
      traceParameters({ ...question, maxDuration: microseconds(value) })['maxDuration'];
    assert.deepEqual([0, 1, 257_800.5].map(asked), ['1us', '2us', '257801us']);
  });

  it('ask for errors by tag, for an operation by name', () => {
    const { tags, operation } = traceParameters({
      ...question,
      errorsOnly: true,
      operation: 'GET /a',
    });
    assert.deepEqual([tags, operation], ['{"error":"true"}', 'GET /a']);
  });

  it('ask for one microsecond less than the shortest duration, for stores that exclude it', () => {
    const asked = (value: number) =>
      traceParameters({ ...question, minDuration: microseconds(value) })['minDuration'];
    assert.deepEqual([1, 2, 257_800, 0.5].map(asked), [undefined, '1us', '257799us', undefined]);
  });
});
