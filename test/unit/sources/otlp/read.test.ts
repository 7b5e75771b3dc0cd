import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import protobuf from 'protobufjs';
import { isSourceError } from '../../../../src/core/base/sourceError.ts';
import { attributeOf, type RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import type { OtlpSpans } from '../../../../src/sources/otlp/envelope.ts';
import { readOtlpJson } from '../../../../src/sources/otlp/json.ts';
import { readOtlpProtobuf } from '../../../../src/sources/otlp/protobuf.ts';
import { otlpSchema } from '../../../../src/sources/otlp/schema.ts';
import { arbitraryTraces, toJson, toProtobuf, type WireTraces } from './wireTraces.ts';

const traceId = '5b8efff798038103d269b633813fc60c';
const spanId = 'eee19b7ec3c1b174';
const sound = {
  traceId,
  spanId,
  name: 'GET',
  startTimeUnixNano: '1544712660000000000',
  endTimeUnixNano: '1544712661000000000',
};

const bodyOf = (...spans: readonly unknown[]) => ({
  resourceSpans: [{ resource: { attributes: [] }, scopeSpans: [{ scope: { name: 's' }, spans }] }],
});
function only(answer: OtlpSpans): RawSpan {
  assert.deepEqual([answer.spans.length, answer.droppedCount], [1, 0]);
  return answer.spans[0]!;
}
const readOne = (fields: object) => only(readOtlpJson(bodyOf({ ...sound, ...fields })));
function withValue(value: unknown): unknown {
  return attributeOf(readOne({ attributes: [{ key: 'a', value }] }).attributes, 'a');
}

describe('reading OTLP', () => {
  it('answers the same from JSON and from protobuf, and what was written', () => {
    fc.assert(
      fc.property(arbitraryTraces, (traces: WireTraces) => {
        const json = readOtlpJson(JSON.parse(JSON.stringify(toJson(traces))));
        const binary = readOtlpProtobuf(toProtobuf(traces));
        assert.deepEqual(json, binary);
        const written = traces.flatMap((resource) =>
          resource.scopes.flatMap((scope) => scope.spans),
        );
        assert.deepEqual([json.spans.length, json.droppedCount], [written.length, 0]);
        json.spans.forEach((span, index) => {
          const { startNanos, lengthNanos, name } = written[index]!;
          assert.equal(span.name, name);
          assert.equal(span.duration, Number(lengthNanos) / 1_000);
          assert.ok(Math.abs(span.start - Number(startNanos / 1_000n)) <= 1.25, 'start');
        });
      }),
    );
  });

  it('reads what a real SDK sent: every span, shared resource, kinds, events', () => {
    const text = readFileSync('test/fixtures/otlp/nest-prisma.json', 'utf8');
    const { spans, droppedCount } = readOtlpJson(JSON.parse(text));
    assert.deepEqual([spans.length, droppedCount], [104, 0]);
    assert.deepEqual([...new Set(spans.map((span) => span.resource.service))], ['users-api']);
    assert.equal(new Set(spans.map((span) => span.resource)).size, 1);
    assert.ok(spans.some((span) => span.kind === 'server'));
    assert.ok(spans.some((span) => span.events.some((event) => event.name === 'exception')));
  });

  it('keeps nanoseconds of a duration and the microsecond of a start', () => {
    const span = readOne({
      startTimeUnixNano: '1795335636787123456',
      endTimeUnixNano: '1795335637044923457',
    });
    assert.equal(span.start, 1_795_335_636_787_123.5);
    assert.equal(span.duration, 257_800.001);
  });
});

describe('a span that cannot be used', () => {
  const bad: readonly [string, object][] = [
    ['a short trace id', { traceId: 'abc' }],
    ['a trace id of other letters', { traceId: 'z'.repeat(32) }],
    ['a zero trace id', { traceId: '0'.repeat(32) }],
    ['a missing span id', { spanId: undefined }],
    ['a span id of seven bytes in base64', { spanId: '7uGbfsPBsQ==' }],
    ['a span id of 11 hex digits', { spanId: 'eee19b7ec3c' }],
    ['an empty trace id', { traceId: '' }],
    ['a start that is not a number', { startTimeUnixNano: 'NaN' }],
    ['a negative start', { startTimeUnixNano: -5 }],
    ['a start beyond 64 bits', { startTimeUnixNano: '99999999999999999999' }],
    ['no start', { startTimeUnixNano: undefined }],
  ];
  for (const [what, fields] of bad)
    it(`is dropped and counted, and its neighbours stay: ${what}`, () => {
      const { spans, dropped, droppedCount } = readOtlpJson(
        bodyOf(sound, { ...sound, ...fields }, sound),
      );
      assert.deepEqual([spans.length, droppedCount], [2, 1]);
      assert.equal(dropped[0]?.position, 'resourceSpans[0].scopeSpans[0].spans[1]');
      assert.ok(dropped[0].reason.length > 0);
    });

  it('is reported a hundred times at most, and counted always', () => {
    const { dropped, droppedCount } = readOtlpJson(bodyOf(...Array<number>(1_000).fill(5)));
    assert.deepEqual([dropped.length, droppedCount], [100, 1_000]);
  });
});

describe('an odd span', () => {
  it('without an end, or ending before it starts, stays with no duration and says so', () => {
    for (const end of [undefined, '0', '1544712659999999999']) {
      const span = readOne({ endTimeUnixNano: end });
      assert.deepEqual([span.duration, span.warnings.length], [0, 1]);
    }
  });

  it('with a damaged parent id becomes a root and says so', () => {
    const span = readOne({ parentSpanId: 'nonsense' });
    assert.deepEqual([span.parentSpanId, span.warnings.length], [undefined, 1]);
    assert.deepEqual(readOne({ parentSpanId: '0'.repeat(16) }).warnings, []);
  });

  it('may have ids in capitals, times as numbers, and enums by name or unknown', () => {
    assert.equal(readOne({ traceId: traceId.toUpperCase() }).traceId, traceId);
    assert.equal(
      readOne({ startTimeUnixNano: 2_000_500, endTimeUnixNano: 2_001_000 }).start,
      2_000.5,
    );
    assert.equal(readOne({ kind: 'SPAN_KIND_SERVER' }).kind, 'server');
    assert.equal(readOne({ kind: 99 }).kind, 'unspecified');
    assert.equal(readOne({ status: { code: 'STATUS_CODE_ERROR' } }).status, 'error');
  });

  it('without a service name is called unknown_service', () => {
    assert.equal(readOne({}).resource.service, 'unknown_service');
  });
});

describe('an attribute value', () => {
  it('is number, text, truth, or an array of them', () => {
    assert.equal(withValue({ intValue: '42' }), 42);
    assert.equal(withValue({ intValue: -7 }), -7);
    assert.equal(withValue({ doubleValue: 0.5 }), 0.5);
    assert.equal(withValue({ boolValue: false }), false);
    const values = [{ stringValue: 'a' }, { intValue: 1 }];
    assert.deepEqual(withValue({ arrayValue: { values } }), ['a', 1]);
  });

  it('is text beyond 2^53 and when it is not finite', () => {
    assert.equal(withValue({ intValue: '9007199254740993' }), '9007199254740993');
    assert.equal(withValue({ intValue: '-9223372036854775808' }), '-9223372036854775808');
    assert.equal(withValue({ doubleValue: 'NaN' }), 'NaN');
    assert.equal(withValue({ doubleValue: '-Infinity' }), '-Infinity');
  });

  it('is JSON text for lists of keys and nested arrays, base64 for bytes, empty when unset', () => {
    const inner = { kvlistValue: { values: [{ key: '__proto__', value: { intValue: '1' } }] } };
    assert.equal(withValue(inner), '{"__proto__":1}');
    assert.deepEqual(withValue({ arrayValue: { values: [{ arrayValue: { values: [inner] } }] } }), [
      '[{"__proto__":1}]',
    ]);
    assert.equal(withValue({ bytesValue: 'AAE=' }), 'AAE=');
    for (const value of [undefined, null, {}, { stringValue: null }, { laterValue: 1 }])
      assert.equal(withValue(value), '');
  });

  it('stays as it is where it is not what its type says', () => {
    for (const [value, expected] of [
      [{ intValue: 1.5 }, 1.5],
      [{ intValue: '+5' }, '+5'],
      [{ intValue: '9'.repeat(30) }, '9'.repeat(30)],
      [{ intValue: Infinity }, 'Infinity'],
      [{ intValue: true }, true],
      [{ doubleValue: 'n/a' }, 'n/a'],
      [{ doubleValue: [1] }, '[1]'],
      [{ stringValue: 5 }, '5'],
      [{ stringValue: { a: 1 } }, '{"a":1}'],
      [{ bytesValue: 'no bytes' }, 'no bytes'],
      [{ bytesValue: { 0: 1, 1: 255 } }, '{"0":1,"1":255}'],
      [{ kvlistValue: { values: [{ key: 'a', value: { intValue: 0.5 } }] } }, '{"a":0.5}'],
    ] as const)
      assert.equal(withValue(value), expected);
    assert.deepEqual(withValue({ arrayValue: { values: [{ intValue: 'x' }] } }), ['x']);
  });

  it('may have no type around it: an array is one, an object JSON text', () => {
    assert.deepEqual(withValue(['a', 1, false, null]), ['a', 1, false, '']);
    assert.deepEqual(withValue([['a'], { b: [1] }]), ['["a"]', '{"b":[1]}']);
    assert.equal(withValue({ a: 'b', c: { d: [1, null] } }), '{"a":"b","c":{"d":[1,""]}}');
    assert.equal(withValue({ a: { intValue: '1' } }), '{"a":1}');
    assert.equal(withValue(JSON.parse('{"__proto__":1}')), '{"__proto__":1}');
  });

  it('is cut when nested without end', () => {
    for (const within of [
      (value: unknown) => ({ arrayValue: { values: [value] } }),
      (value: unknown) => [value],
      (value: unknown) => ({ a: value }),
    ]) {
      let value: unknown = { stringValue: 'deep' };
      for (let depth = 0; depth < 10_000; depth++) value = within(value);
      assert.ok(JSON.stringify(withValue(value)).includes('…'));
    }
  });
});

describe('a body that is not OTLP', () => {
  const malformed = (read: () => unknown) =>
    assert.throws(read, (error) => isSourceError(error) && error.code === 'malformed');

  it('is malformed, with the place', () => {
    for (const body of [null, 5, '<html>', [], { resourceSpans: {} }, { resourceSpans: [null] }])
      malformed(() => readOtlpJson(body));
    assert.throws(
      () => readOtlpJson({ resourceSpans: [{ scopeSpans: [{ spans: 7 }] }] }),
      (error) => isSourceError(error) && error.detail === 'resourceSpans[0].scopeSpans[0].spans',
    );
    malformed(() => readOtlpProtobuf(Buffer.from('<!doctype html><html></html>')));
  });

  it('with no spans has none', () => {
    assert.deepEqual(readOtlpJson({}).spans, []);
    assert.deepEqual(readOtlpProtobuf(new Uint8Array()).spans, []);
  });

  it('is read or refused, never a crash: any JSON, any bytes, any damage to real bytes', () => {
    const readOrRefuse = (read: () => unknown) => {
      try {
        read();
      } catch (error) {
        assert.ok(isSourceError(error), String(error));
      }
    };
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        readOrRefuse(() => readOtlpJson(value));
        readOrRefuse(() =>
          readOtlpJson(
            bodyOf(value, {
              ...sound,
              attributes: value,
              events: value,
              links: [value],
              status: value,
              kind: value,
            }),
          ),
        );
      }),
    );
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) =>
        readOrRefuse(() => readOtlpProtobuf(bytes)),
      ),
    );
    fc.assert(
      fc.property(arbitraryTraces, fc.nat(), fc.nat(255), (traces, at, byte) => {
        const bytes = Uint8Array.from(toProtobuf(traces));
        if (bytes.length > 0) bytes[at % bytes.length] = byte;
        readOrRefuse(() => readOtlpProtobuf(bytes));
      }),
    );
  });
});

describe('the schema', () => {
  it('is what the .proto files say', () => {
    const root = new protobuf.Root();
    root.resolvePath = (_origin, target) => `src/sources/otlp/proto/${target}`;
    root.loadSync('opentelemetry/proto/collector/trace/v1/trace_service.proto');
    assert.deepEqual(JSON.parse(JSON.stringify(root.toJSON())), otlpSchema);
  });
});
