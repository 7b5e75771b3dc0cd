import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { isSourceError } from '../../../../src/core/base/sourceError.ts';
import type { Answer } from '../../../../src/sources/http/answer.ts';
import { jaeger } from '../../../../src/sources/jaeger/product.ts';
import { readTraces, type JaegerTraces } from '../../../../src/sources/jaeger/readTraces.ts';
import { readServices } from '../../../../src/sources/jaeger/readNames.ts';
import { readV3List, readV3Traces } from '../../../../src/sources/jaeger/v3Answer.ts';

const recorded = (name: string) =>
  readFileSync(new URL(`../../../fixtures/jaeger/${name}`, import.meta.url));
const answerOf = (body: string | Buffer, status = 200): Answer => ({
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
const read = (body: string | Buffer, status = 200) => readV3Traces(answerOf(body, status));

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

  it('holds the same spans as the JSON API in the newest release too', () => {
    const { data } = JSON.parse(recorded('head-v1-trace.json').toString()) as { data: unknown };
    const json = spansOf(readTraces(data));
    const v3 = read(recorded('head-v3-traces.json'));
    assert.equal(json.length, 20);
    assert.deepEqual(
      spansOf({ ...v3, traces: v3.traces.filter(({ traceId }) => traceId.startsWith('5801')) }).map(
        (span) => ({ ...span, start: Math.floor(span.start), duration: Math.floor(span.duration) }),
      ),
      json,
    );
  });

  it("takes Jaeger's remarks out of the attributes, as a list or as text", () => {
    const remarked = (...values: object[]) =>
      JSON.stringify({
        result: {
          resourceSpans: [
            {
              scopeSpans: [
                {
                  spans: values.map((value, index) => ({
                    traceId: '1'.repeat(32),
                    spanId: String(index + 1).repeat(16),
                    name: 'a',
                    startTimeUnixNano: '1',
                    endTimeUnixNano: '2',
                    attributes: [
                      { key: '@jaeger@warnings', value },
                      { key: 'kept', value: { boolValue: true } },
                    ],
                  })),
                },
              ],
            },
          ],
        },
      });
    const list = { arrayValue: { values: [{ stringValue: 'a' }, { stringValue: 'b' }] } };
    const [trace] = read(
      remarked(list, { stringValue: '["a","b"]' }, { stringValue: '[a' }),
    ).traces;
    assert.deepEqual(
      trace?.spans.map(({ warnings, attributes }) => [warnings, attributes]),
      [['a', 'b'], ['a', 'b'], ['[a']].map((all) => [all, [{ key: 'kept', value: true }]]),
    );
  });

  it('no traces found is an answer', () => {
    const body = '{"error":{"httpCode":404,"message":"No traces found"}}';
    assert.deepEqual(read(body, 404).traces, []);
  });

  it('leaves out a list that is empty; an object of something else is not an empty list', () => {
    const services = (body: string) => readV3List(answerOf(body), 'services', readServices);
    assert.deepEqual(services('{}'), []);
    assert.deepEqual(services('{"services":["shop-api"],"total":1}'), ['shop-api']);
    assert.throws(
      () => services('{"status":"ok"}'),
      (error: unknown) => isSourceError(error) && error.code === 'malformed',
    );
  });

  it('what is not of its shape is malformed, an error status is that error', () => {
    const code = (wanted: string) => (error: unknown) =>
      isSourceError(error) && error.code === wanted;
    for (const body of ['{}', '{"result":7}', '[]', '{"result":{"resourceSpans":7}}'])
      assert.throws(() => read(body), code('malformed'));
    assert.throws(() => read('oops', 500), code('failed'));
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
