import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { ArrivingTraces } from '../../../../src/sources/jaeger/arriving/arrivingTraces.ts';
import { readEnvelope } from '../../../../src/sources/jaeger/envelope.ts';
import { readTraces } from '../../../../src/sources/jaeger/readTraces.ts';
import { TooManyValues } from '../../../../src/sources/json/layOut.ts';
import { parseJson } from '../../../../src/sources/json/parseJson.ts';
import { jaegerAnswer, madeTraces } from '../../../../bench/waterfall/madeTrace.ts';

const nothing = () => undefined;
const limits = { maxBytes: 1e9, checkTime: nothing };

/** What is read of pieces that are cut at these places. */
function arrived(bytes: Buffer, cuts: readonly number[], mostValues = Infinity): unknown {
  const arriving = new ArrivingTraces();
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...places, bytes.length]) {
    arriving.read(bytes.subarray(from, to), limits);
    from = to;
  }
  const { data } = readEnvelope(arriving.end(mostValues, nothing));
  return readTraces(data, nothing, arriving);
}

/** The same of the whole text. */
function whole(bytes: Buffer, mostValues = Infinity): unknown {
  const text = bytes.toString('utf8');
  const { data } = readEnvelope(parseJson(text, { mostValues, checkTime: nothing }));
  return readTraces(data);
}

/** What reading comes to: traces, or the kind of the error with its words where they are ours. */
function outcome(read: () => unknown): unknown {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxError) return 'SyntaxError';
    return error instanceof TooManyValues ? 'TooManyValues' : String(error);
  }
}

function expectSame(text: string | Buffer, cuts: readonly number[]): void {
  const bytes = Buffer.from(text);
  assert.deepEqual(
    outcome(() => arrived(bytes, cuts)),
    outcome(() => whole(bytes)),
  );
}

const cuts = fc.array(fc.nat(1e9), { maxLength: 30 });
const recordings = [
  'v1.67-traces.json',
  'v1.67-odd.json',
  'v1.67-traefik-v3.6.12.json',
  'head-v1-trace.json',
].map((name) => readFileSync(new URL(`../../../fixtures/jaeger/${name}`, import.meta.url), 'utf8'));

const { spans, processes } = (
  JSON.parse(recordings[0] ?? '') as { data: [{ spans: object[]; processes: object }] }
).data[0];

describe('an answer of Jaeger that is read while it arrives', () => {
  it('says of recorded answers, written with and without white space, what the whole text says', () => {
    for (const text of recordings) {
      const json: unknown = JSON.parse(text);
      for (const written of [text, JSON.stringify(json), JSON.stringify(json, undefined, 2)])
        fc.assert(
          fc.property(cuts, (places) => expectSame(written, places)),
          { numRuns: 4 },
        );
    }
  });

  it('says the same of every place where a short answer can be cut', () => {
    const bytes = Buffer.from(JSON.stringify({ data: [{ spans: spans.slice(0, 2), processes }] }));
    const expected = whole(bytes);
    for (let cut = 0; cut <= bytes.length; cut += 1)
      assert.deepEqual(arrived(bytes, [cut, cut + 1]), expected);
  });

  it('says the same of made traces', () => {
    const made = madeTraces.find(({ name }) => name === '1k');
    assert.ok(made);
    const bytes = Buffer.concat([...jaegerAnswer(made)]);
    fc.assert(
      fc.property(cuts, (places) => assert.deepEqual(arrived(bytes, places), whole(bytes))),
      { numRuns: 3 },
    );
  });

  it('says the same of spans with any values in any of their fields', () => {
    const mutated = fc
      .tuple(
        fc.constantFrom(...spans),
        fc.constantFrom(...Object.keys(spans[0] ?? {})),
        fc.oneof(fc.jsonValue(), fc.constantFrom('0', 'F'.repeat(16), 2 ** 64, -1, 'p1')),
      )
      .map(([span, field, value]) => ({ ...span, [field]: value }));
    const answer = fc.record({
      data: fc.array(
        fc.oneof(
          fc.record(
            {
              traceID: fc.string(),
              spans: fc.oneof(fc.array(fc.oneof(mutated, fc.jsonValue())), fc.jsonValue()),
              processes: fc.constant(processes),
              warnings: fc.constant(null),
            },
            { requiredKeys: ['spans'] },
          ),
          fc.jsonValue(),
        ),
        { maxLength: 3 },
      ),
      errors: fc.constantFrom(null, [], [{ msg: 'no' }]),
    });
    fc.assert(
      fc.property(answer, cuts, (json, places) => expectSame(JSON.stringify(json), places)),
    );
  });

  it('says the same of Jaeger’s spans with something replaced', () => {
    const text = JSON.stringify({ data: [{ spans: spans.slice(0, 4), processes }] });
    const damage = fc.constantFrom(
      '',
      ' ',
      ',',
      '"',
      '\\',
      '[',
      ']',
      '{',
      '}',
      ':',
      '0',
      '-',
      '1e3',
      '.5',
      'null',
      '\u0001',
      'é',
      '\\u0022',
      '"spans":[]',
      '"data":[]',
      '"spans":[1],',
      '@jaeger@warnings',
      'true',
    );
    fc.assert(
      fc.property(fc.nat(text.length), fc.nat(12), damage, cuts, (at, length, by, places) =>
        expectSame(text.slice(0, at) + by + text.slice(at + length), places),
      ),
      { numRuns: 150 },
    );
  });

  it('says the same of names, keys and values with any characters, and of broken bytes', () => {
    const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string());
    const value = fc.oneof(
      text,
      fc.boolean(),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.bigInt(0n, 2n ** 64n).map(String),
    );
    const tag = fc.record({
      key: fc.oneof(
        text,
        fc.constantFrom('error', 'span.kind', 'otel.status_code', '@jaeger@warnings'),
      ),
      type: fc.constantFrom('string', 'bool', 'int64', 'float64', 'binary'),
      value,
    });
    const answer = fc
      .tuple(text, fc.array(tag), fc.bigInt(-10n, 2n ** 64n), fc.bigInt(-10n, 2n ** 64n))
      .map(
        ([name, tags, start, duration]) =>
          `{"data":[{"traceID":"1","spans":[{"traceID":"8f5018048a055f5d5e2d3eb6855a32a2","spanID":"35ba317c1c9586ac","operationName":${JSON.stringify(name)},"references":[],"startTime":${start},"duration":${duration},"tags":${JSON.stringify(tags)},"logs":[],"processID":"p1","warnings":null}],"processes":{"p1":{"serviceName":"a","tags":[]}}}]}`,
      );
    fc.assert(
      fc.property(answer, cuts, fc.option(fc.nat(1e6)), (json, places, broken) => {
        const bytes = Buffer.from(json);
        if (broken !== null) bytes[broken % bytes.length] = 0xe2;
        expectSame(bytes, places);
      }),
      { numRuns: 150 },
    );
  });

  it('says the same of tags that come again, as they were and nearly so', () => {
    const long = 'x'.repeat(250);
    const key = fc.constantFrom('a', 'b', 'error', 'otel.status_code', '@jaeger@warnings', long);
    const type = fc.constantFrom('string', 'int64', 'bool', 'float64');
    const value = fc.constantFrom(
      ...['1', '-0', '0', '1.0', '1e0', 'true', 'null', '"1"', '"true"', '"OK"', '""', '"é"'],
      ...[String.raw`"\""`, String.raw`"\\"`, String.raw`"\u0061"`, '"a"', `"${long}"`, '[]'],
    );
    const tag = fc
      .tuple(key, type, value)
      .map((parts) => `{"key":"${parts[0]}","type":"${parts[1]}","value":${parts[2]}}`);
    const span = fc
      .tuple(fc.constantFrom('GET', 'query'), fc.array(tag, { maxLength: 4 }))
      .map(
        ([name, tags]) =>
          `{"traceID":"1","spanID":"35ba317c1c9586ac","operationName":"${name}","references":[],"startTime":1,"duration":1,"tags":[${tags.join(',')}],"logs":[],"processID":"p1","warnings":null}`,
      );
    const all = fc
      .array(span, { maxLength: 30 })
      .map((list) => list.map((one, at) => one.replace('35ba', String(1_000 + at))));
    fc.assert(
      fc.property(all, cuts, (list, places) =>
        expectSame(
          `{"data":[{"traceID":"1","spans":[${list.join(',')}],"processes":{"p1":{"serviceName":"a","tags":[]}}}]}`,
          places,
        ),
      ),
      { numRuns: 300 },
    );
  });

  it('refuses as many values as the whole text', () => {
    for (const text of [...recordings, JSON.stringify(JSON.parse(recordings[0] ?? ''))]) {
      const bytes = Buffer.from(text);
      let [most, least] = [1, bytes.length];
      while (most < least) {
        const middle = (most + least) >> 1;
        if (outcome(() => whole(bytes, middle)) === 'TooManyValues') most = middle + 1;
        else least = middle;
      }
      assert.equal(
        outcome(() => arrived(bytes, [100], most - 1)),
        'TooManyValues',
      );
      assert.notEqual(
        outcome(() => arrived(bytes, [100], most)),
        'TooManyValues',
      );
    }
  });
});
