import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isSourceError } from '../../../../src/core/base/sourceError.ts';
import { epochMicroseconds, microseconds } from '../../../../src/core/base/units.ts';
import { readV3, v3Parameters } from '../../../../src/sources/jaeger/apiV3.ts';
import { jaeger } from '../../../../src/sources/jaeger/product.ts';
import { readTraces, type JaegerTraces } from '../../../../src/sources/jaeger/readTraces.ts';

const recorded = (name: string) =>
  readFileSync(new URL(`../../../fixtures/jaeger/${name}`, import.meta.url));
const read = (body: string | Buffer, status = 200) =>
  readV3({
    status,
    contentType: '',
    body: Buffer.from(body),
    asked: {
      product: jaeger,
      shown: 'http://jaeger',
      path: '/api/v3/traces',
      hide: (text) => text,
    },
    maxBytes: 1_000_000,
    checkTime: () => undefined,
  });

describe("Jaeger's API v3", () => {
  it('holds the same spans as the JSON API, recorded of one Jaeger', () => {
    const { data } = JSON.parse(recorded('v1.67-traces.json').toString()) as { data: unknown };
    const v3 = spansOf(read(recorded('v1.67-v3-traces.json')));
    const json = spansOf(readTraces(data));
    assert.ok(v3.length > 50);
    assert.deepEqual(
      v3,
      json.filter(({ spanId }) => v3.some((span) => span.spanId === spanId)),
    );
  });

  it('no traces found is an answer', () => {
    const body = '{"error":{"httpCode":404,"message":"No traces found"}}';
    assert.deepEqual(read(body, 404).traces, []);
  });

  it('what is not of its shape is malformed, an error status is that error', () => {
    const code = (wanted: string) => (error: unknown) =>
      isSourceError(error) && error.code === wanted;
    for (const body of ['{}', '{"result":7}', '[]', '{"result":{"resourceSpans":7}}'])
      assert.throws(() => read(body), code('malformed'));
    assert.throws(() => read('oops', 500), code('unreachable'));
  });

  it('is asked for at least the window, in RFC 3339', () => {
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
    assert.deepEqual(parameters, {
      'query.service_name': 'shop',
      'query.operation_name': 'GET /a',
      'query.duration_min': '257799us',
      'query.start_time_min': '2026-11-22T13:59:52.813Z',
      'query.start_time_max': '2026-11-22T13:59:53.815Z',
      'query.num_traces': '20',
    });
  });
});

/** By id, without what only one of the two has: the scope's version, Jaeger's remarks. */
const spansOf = ({ traces }: JaegerTraces) =>
  traces
    .flatMap(({ spans }) => spans)
    .map(
      ({
        spanId,
        name,
        kind,
        start,
        duration,
        parentSpanId,
        status,
        statusMessage,
        scope,
        resource,
      }) => ({
        ...{ spanId, name, kind, start, duration, parentSpanId, status, statusMessage, scope },
        service: resource.service,
      }),
    )
    .sort((a, b) => (a.spanId < b.spanId ? -1 : 1));
