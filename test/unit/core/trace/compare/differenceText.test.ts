import assert from 'node:assert/strict';
import {
  swappedCall,
  type ComparedTimes,
  type Sides,
} from '../../../../../src/core/trace/compare/comparison.ts';
import {
  differenceSentence,
  signedDuration,
  type PlacedCall,
} from '../../../../../src/core/trace/compare/differenceText.ts';

const ms = (before: number, after: number): Sides => [before * 1_000, after * 1_000];

interface Sketch extends Partial<ComparedTimes> {
  readonly calls?: Sides;
  readonly place?: string;
}

/** Calls by `parent > name`, in the order in which they are given. */
function callsOf(sketches: Readonly<Record<string, Sketch>>): readonly PlacedCall[] {
  const names = Object.keys(sketches).map((path) => path.split(' > '));
  return Object.values(sketches).map((sketch, at) => {
    const [name = '', above] = (names[at] ?? []).toReversed();
    const times = sketch.critical ?? [0, 0];
    return {
      id: at,
      parent: names.findIndex((one) => one.at(-1) === above),
      name,
      service: 'shop',
      errors: [0, 0],
      total: times,
      self: [0, 0],
      critical: times,
      calls: sketch.calls ?? [1, 1],
      place: sketch.place ?? '',
    };
  });
}

const slow = callsOf({
  'DELETE /orders': { critical: ms(130, 1_000) },
  'DELETE /orders > remove': { critical: ms(120, 980) },
  'remove > find': { critical: ms(20, 40) },
  'remove > GET tax': { calls: [2, 22], critical: ms(88, 900), place: 'pricing.client.ts:31' },
  'GET tax > GET /rates': { calls: [2, 22], critical: ms(80, 880) },
});

describe('the difference of two traces in a sentence', () => {
  it('names what is called more often, where its time goes, and its line', () => {
    assert.equal(
      differenceSentence(slow, ms(130, 1_000)),
      '870 ms slower: 22 × GET tax instead of 2 (+812 ms) at pricing.client.ts:31.',
    );
  });

  it('names what fails in one of them where nothing else differs', () => {
    const calls = callsOf({ 'GET /orders': {}, 'GET /orders > GET tax': {} }).map((call) =>
      call.name === 'GET tax' ? { ...call, errors: [1, 0] as const } : call,
    );
    assert.equal(
      differenceSentence(calls, ms(100, 100)),
      'As long as the other. Largest difference: GET tax, 1 → 0 failed.',
    );
  });

  it('is turned round with the traces', () => {
    assert.equal(
      differenceSentence(slow.map(swappedCall), ms(1_000, 130)),
      '870 ms faster: 2 × GET tax instead of 22 (-812 ms) at pricing.client.ts:31.',
    );
  });

  it('says what only one of them calls', () => {
    const calls = callsOf({
      root: { critical: ms(100, 300) },
      'root > audit': { calls: [0, 3], critical: ms(0, 190) },
    });
    assert.equal(
      differenceSentence(calls, ms(100, 300)),
      '200 ms slower: 3 × audit instead of none (+190 ms).',
    );
    assert.equal(
      differenceSentence(calls.map(swappedCall), ms(300, 100)),
      '200 ms faster: no audit instead of 3 (-190 ms).',
    );
  });

  it('says what takes longer though it is called as often, or by itself', () => {
    const call = callsOf({
      root: { critical: ms(100, 300) },
      'root > query': { critical: ms(50, 240) },
    });
    assert.equal(
      differenceSentence(call, ms(100, 300)),
      '200 ms slower: query took 240 ms instead of 50 ms (+190 ms).',
    );
    const own = callsOf({
      root: { critical: ms(100, 300) },
      'root > query': { critical: ms(50, 60) },
    });
    assert.equal(differenceSentence(own, ms(100, 300)), '200 ms slower: root itself (+190 ms).');
  });

  it('says where it is spread over several', () => {
    const calls = callsOf({
      root: { critical: ms(100, 400) },
      'root > a': { critical: ms(20, 110) },
      'root > b': { critical: ms(20, 120) },
      'root > c': { critical: ms(20, 110) },
    });
    assert.equal(
      differenceSentence(calls, ms(100, 400)),
      '300 ms slower, in several places. The most: b took 120 ms instead of 20 ms (+100 ms).',
    );
  });

  it('names what differs in traces that took as long', () => {
    const calls = callsOf({
      root: { critical: ms(100, 100) },
      'root > a': { critical: ms(20, 60) },
      'root > b': { critical: ms(60, 21) },
    });
    assert.equal(
      differenceSentence(calls, ms(100, 100)),
      'As long as the other. Largest difference: a took 60 ms instead of 20 ms (+40 ms).',
    );
    const counts = callsOf({ root: {}, 'root > a': { calls: [1, 2] } });
    assert.equal(
      differenceSentence(counts, ms(100, 100)),
      'As long as the other. Largest difference: 2 × a instead of 1 (0 µs).',
    );
  });

  it('says that there is none, and that there is nothing to compare', () => {
    const same = callsOf({ root: { critical: ms(100, 100) } });
    assert.equal(differenceSentence(same, ms(100, 100)), 'No difference.');
    const apart = callsOf({
      one: { calls: [1, 0], critical: ms(100, 0) },
      other: { calls: [0, 1], critical: ms(0, 10) },
    });
    assert.equal(differenceSentence(apart, ms(100, 10)), 'These traces have no call in common.');
  });

  it('makes visible what a name hides', () => {
    const calls = callsOf({
      root: { critical: ms(100, 300) },
      'root > a\u202eb': { calls: [1, 2], critical: ms(50, 240) },
    });
    assert.match(differenceSentence(calls, ms(100, 300)), /a\[U\+202E\]b/);
  });

  it('writes differences with their sign', () => {
    assert.deepEqual([812_000, -3_000, 0, 0.00001].map(signedDuration), [
      '+812 ms',
      '-3 ms',
      '0 µs',
      '0 µs',
    ]);
  });
});
