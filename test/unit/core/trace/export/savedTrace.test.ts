import assert from 'node:assert/strict';
import fc from 'fast-check';
import { epochMicroseconds, microseconds } from '../../../../../src/core/base/units.ts';
import { isOwnTag, ownTags } from '../../../../../src/core/trace/jaegerTags.ts';
import type { Attributes, RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { jaegerJson } from '../../../../../src/core/trace/export/traceJaeger.ts';
import { otlpJson } from '../../../../../src/core/trace/export/traceOtlp.ts';
import { FileContents } from '../../../../../src/sources/file/fileContents.ts';
import { readTraceText } from '../../../../../src/sources/file/readTraceText.ts';
import { exportedSpan } from './exportedSpan.ts';

const traceId = '0af7651916cd43dd8448eb211c80319c';
const hexId = (digits: number) =>
  fc
    .string({
      unit: fc.constantFrom('0', '1', '9', 'a', 'f'),
      minLength: digits,
      maxLength: digits,
    })
    .filter((id) => !/^0+$/.test(id));

/** Whatever spans can hold; `whole` µs and no lists, as Jaeger has them. */
function spansOf({ isWhole }: { readonly isWhole: boolean }): fc.Arbitrary<readonly RawSpan[]> {
  const text = fc.string({ unit: 'grapheme', maxLength: 8 });
  const scalar = fc.oneof(text, fc.boolean(), fc.maxSafeInteger(), fc.constant(0.25));
  const value = isWhole ? scalar : fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }));
  const key = fc.oneof(
    text.map((name) => `x.${name}`),
    fc.constantFrom(...Object.values(ownTags)),
  );
  const telling = fc.constantFrom('server', 'ERROR', 'true', 'x', true);
  const attributes: fc.Arbitrary<Attributes> = fc.array(
    fc.record({ key, value: fc.oneof(value, telling) }),
    { maxLength: 4 },
  );
  const part = isWhole ? fc.constant(0) : fc.constantFrom(0, 0.25, 0.5);
  const time = fc
    .tuple(fc.integer({ min: 1_600_000_000_000_000, max: 1_800_000_000_000_000 }), part)
    .map(([whole, rest]) => epochMicroseconds(whole + rest));
  const resources = fc.array(fc.record({ service: key, attributes }), {
    minLength: 1,
    maxLength: 3,
  });
  const span = fc.record({
    spanId: hexId(16),
    parentSpanId: fc.option(hexId(16), { nil: undefined }),
    name: text,
    kind: fc.constantFrom('unspecified', 'internal', 'server', 'client', 'producer', 'consumer'),
    start: time,
    duration: fc
      .nat({ max: 2 ** 31 - 1 })
      .map((count) => microseconds(isWhole ? count : count / 1_000)),
    isUnended: fc.boolean(),
    status: fc.constantFrom('unset', 'ok', 'error'),
    statusMessage: text,
    scope: text,
    resource: fc.nat(2),
    attributes,
    events: fc.array(fc.record({ name: text, time, attributes }), { maxLength: 2 }),
    links: fc.array(
      fc.record({
        traceId: hexId(32).filter((id) => id !== traceId),
        spanId: hexId(16),
        attributes: isWhole ? fc.constant([]) : attributes,
      }),
      { maxLength: 2 },
    ),
  });
  return fc.tuple(resources, fc.uniqueArray(span, { selector: ({ spanId }) => spanId })).map(
    ([all, spans]) =>
      spans.map(({ resource, isUnended, ...rest }) => ({
        ...rest,
        ...(isUnended && { unended: true, duration: microseconds(0) }),
        traceId,
        resource: all[resource % all.length]!,
        warnings: isUnended ? ['No end time; shown with a duration of 0.'] : [],
      })) as readonly RawSpan[],
  );
}

function readBack(pieces: Iterable<string>): readonly RawSpan[] {
  const contents = new FileContents();
  const text = [...pieces].join('');
  JSON.parse(text);
  readTraceText(text, contents);
  assert.deepEqual(contents.dropped(), { dropped: [], droppedCount: 0 });
  return contents.spans.toSorted((a, b) => (a.spanId < b.spanId ? -1 : 1));
}
const inOrder = (spans: readonly RawSpan[]) =>
  structuredClone(spans).toSorted((a, b) => (a.spanId < b.spanId ? -1 : 1));

describe('a saved trace', () => {
  it('is read again from OTLP JSON as it was, with lists, and durations to the nanosecond', () => {
    fc.assert(
      fc.property(spansOf({ isWhole: false }), (spans) => {
        assert.deepEqual(readBack(otlpJson(spans)), inOrder(spans));
      }),
    );
  });

  it('is read again from Jaeger JSON as it was, in whole µs, without what would change fields of a span', () => {
    fc.assert(
      fc.property(spansOf({ isWhole: true }), (spans) => {
        const kept = spans.map((span) => ({
          ...span,
          attributes: span.attributes.filter((one) => !isOwnTag(one)),
        }));
        assert.deepEqual(readBack(jaegerJson(traceId, spans)), inOrder(kept));
      }),
    );
  });

  it('has a span without an end in Jaeger JSON as one, also with parts of a µs', () => {
    const span = { ...exportedSpan, start: epochMicroseconds(1_795_335_636_787_125.75) };
    const unended = { ...span, duration: microseconds(0), unended: true } as const;
    const [read] = readBack(jaegerJson(span.traceId, [unended]));
    assert.deepEqual([read?.unended, read?.duration], [true, 0]);
    assert.ok(read?.attributes.every(({ key }) => key !== ownTags.unended));
  });
});
