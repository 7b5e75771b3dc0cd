import assert from 'node:assert/strict';
import fc from 'fast-check';
import { TooManyValues } from '../../../../src/sources/json/layOut.ts';
import { parseJson } from '../../../../src/sources/json/parseJson.ts';

const text = fc.oneof(
  fc.string(),
  fc.constantFrom('{', '[,', '"', '\\', '\\"', '\\\\"{', '__proto__', '7', ''),
);
/** Without escapes: V8's JSON.parse of Node 24.21 takes one key that is an escape for another it has seen. */
const key = text.filter((one) => JSON.stringify(one) === `"${one}"`);
const { json } = fc.letrec<{ json: unknown }>((peer) => ({
  json: fc.oneof(
    { maxDepth: 12, depthSize: 'medium' },
    text,
    fc.integer(),
    fc.constantFrom(null, true, 1e300),
    fc.array(peer('json'), { maxLength: 6 }),
    fc.dictionary(key, peer('json'), { maxKeys: 5 }),
  ),
}));
const written = fc
  .tuple(json, fc.constantFrom(undefined, 1, '\t'))
  .map(([value, indent]) => JSON.stringify(value, null, indent));

const unlimited = { mostValues: Infinity, checkTime: () => undefined };
const outcomeOf = (parse: () => unknown): unknown => {
  try {
    return { value: parse() };
  } catch (error) {
    assert.ok(error instanceof SyntaxError, String(error));
    return 'SyntaxError';
  }
};

/** Lists, objects and the commas between their entries. */
function count(value: unknown): number {
  if (typeof value !== 'object' || value === null) return 0;
  const inner: readonly unknown[] = Object.values(value);
  const commas = Math.max(0, inner.length - 1);
  return inner.map(count).reduce((sum, one) => sum + one, 1 + commas);
}

describe('JSON parsed piece by piece', () => {
  it('is what JSON.parse makes of it, however short the pieces are', () => {
    fc.assert(
      fc.property(written, fc.integer({ min: 0, max: 40 }), (whole, pieceLength) => {
        assert.deepEqual(parseJson(whole, { ...unlimited, pieceLength }), JSON.parse(whole));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is refused where JSON.parse refuses it: cut, with something put in or taken out', () => {
    const spoiled = fc
      .tuple(
        written,
        fc.nat(),
        fc.nat({ max: 3 }),
        fc.constantFrom('', ',', ',,', '{', '}', '[', ']', '"', ':', 'x', ' ', '\u00A0', '\\', '0'),
      )
      .map(([whole, at, removed, added]) => {
        const place = at % (whole.length + 1);
        return whole.slice(0, place) + added + whole.slice(place + removed);
      });
    fc.assert(
      fc.property(spoiled, fc.integer({ min: 0, max: 12 }), (whole, pieceLength) => {
        assert.deepEqual(
          outcomeOf(() => parseJson(whole, { ...unlimited, pieceLength })),
          outcomeOf(() => JSON.parse(whole)),
        );
      }),
      { numRuns: 5_000 },
    );
  });

  it('is refused with more values than allowed, before any is made', () => {
    fc.assert(
      fc.property(written, (whole) => {
        const values = count(JSON.parse(whole));
        assert.deepEqual(parseJson(whole, { ...unlimited, mostValues: values }), JSON.parse(whole));
        if (values > 0)
          assert.throws(
            () => parseJson(whole, { ...unlimited, mostValues: values - 1 }),
            TooManyValues,
          );
      }),
    );
  });

  it('lets somebody look at the clock before each piece, and end it', () => {
    const whole = `{"data":[${Array.from({ length: 1_000 }, () => '{"a":1}').join(',')}]}`;
    let looks = 0;
    parseJson(whole, { ...unlimited, pieceLength: 100, checkTime: () => (looks += 1) });
    assert.ok(looks > 50, String(looks));
    const checkTime = () => {
      looks -= 1;
      if (looks === 0) throw new Error('late');
    };
    looks = 10;
    assert.throws(
      () => parseJson(whole, { ...unlimited, pieceLength: 100, checkTime }),
      /^Error: late$/,
    );
  });

  it('may be a million deep', () => {
    const deep = '['.repeat(1e6) + ']'.repeat(1e6);
    assert.ok(Array.isArray(parseJson(deep, unlimited)));
  });
});
