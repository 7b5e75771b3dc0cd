import assert from 'node:assert/strict';
import fc from 'fast-check';
import { epochMicroseconds, microseconds } from '../../../../../src/core/base/units.ts';
import { otlpOf } from '../../../../../src/core/trace/export/spanOtlp.ts';
import type { Attributes, RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { spanKinds, spanStatuses } from '../../../../../src/core/trace/trace.ts';
import { readOtlpJson } from '../../../../../src/sources/otlp/json.ts';
import { assertGolden } from '../../../../support/goldenText.ts';
import { exportedSpan } from './exportedSpan.ts';

const hex = (digits: number) =>
  fc
    .bigInt({ min: 1n, max: 16n ** BigInt(digits) - 1n })
    .map((id) => id.toString(16).padStart(digits, '0'));
const few = { maxLength: 3 } as const;
/** As the reader makes objects. */
const plain = { noNullPrototype: true } as const;
const value = fc.oneof(
  fc.string(),
  fc.boolean(),
  fc.maxSafeInteger(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Object.is(one, -0)),
  fc.array(fc.oneof(fc.string(), fc.boolean(), fc.maxSafeInteger()), few),
);
const attributes: fc.Arbitrary<Attributes> = fc.array(
  fc.record({ key: fc.string().filter((key) => key !== 'service.name'), value }, plain),
  few,
);
/** As the wire has them: to the microsecond, which a double holds. */
const time = fc.integer({ min: 1, max: 2 ** 51 }).map(epochMicroseconds);
const resource = fc.record({ service: fc.string({ minLength: 1 }), attributes }, plain);
const span = (shared: fc.Arbitrary<RawSpan['resource']>): fc.Arbitrary<RawSpan> =>
  fc.record(
    {
      traceId: hex(32),
      spanId: hex(16),
      parentSpanId: fc.option(hex(16), { nil: undefined }),
      name: fc.string(),
      kind: fc.constantFrom(...spanKinds),
      start: time,
      duration: fc.nat(2 ** 31 - 1).map(microseconds),
      status: fc.constantFrom(...spanStatuses),
      statusMessage: fc.string(),
      scope: fc.string(),
      resource: shared,
      attributes,
      events: fc.array(fc.record({ name: fc.string(), time, attributes }, plain), few),
      links: fc.array(fc.record({ traceId: hex(32), spanId: hex(16), attributes }, plain), few),
      warnings: fc.constant([]),
    },
    plain,
  );
const spans = fc
  .array(resource, { minLength: 1, maxLength: 3 })
  .chain((resources) => fc.array(span(fc.constantFrom(...resources)), { maxLength: 6 }));

describe('a span as OTLP JSON', () => {
  it('is what a Collector takes', () => {
    const text = JSON.stringify(otlpOf([exportedSpan]), undefined, 2);
    assertGolden(new URL('spanOtlp.golden.txt', import.meta.url), text);
  });

  it('reads back as the same spans', () => {
    fc.assert(
      fc.property(spans, (some) => {
        const wire: unknown = JSON.parse(JSON.stringify(otlpOf(some)));
        const { spans: read, droppedCount } = readOtlpJson(wire);
        assert.equal(droppedCount, 0);
        assert.deepEqual(read, some);
      }),
    );
  });

  it('keeps the nanoseconds of a length of time, and that a span has not ended', () => {
    const short = { ...exportedSpan, duration: microseconds(12.345) };
    const { spans: read } = readOtlpJson(otlpOf([short]));
    assert.equal(read[0]?.duration, 12.345);
    const running: RawSpan = { ...exportedSpan, duration: microseconds(0), unended: true };
    assert.equal(readOtlpJson(otlpOf([running])).spans[0]?.unended, true);
  });
});
