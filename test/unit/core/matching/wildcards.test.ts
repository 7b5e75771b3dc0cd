import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  fitsChannelPattern,
  fitsRoutingKey,
  fitsShape,
  fitsSubject,
  fitsTopicFilter,
} from '../../../../src/core/matching/messages/wildcards.ts';

const letters = fc.stringMatching(/^[ab.*]{0,6}$/);

describe('a shape', () => {
  it('takes any text for each star, as a regular expression would', () => {
    fc.assert(
      fc.property(letters, fc.stringMatching(/^[ab.]{0,8}$/), (shape, name) => {
        const source = shape.replaceAll('.', '\\.').replaceAll('*', '.*');
        assert.equal(fitsShape(name, shape), new RegExp(`^${source}$`, 's').test(name));
      }),
    );
  });

  it('has a start and an end that do not share letters', () => {
    assert.equal(fitsShape('aba', 'ab*ba'), false);
    assert.equal(fitsShape('abba', 'ab*ba'), true);
    assert.equal(fitsShape('stage-orders.fifo', '*-orders.fifo'), true);
    assert.equal(fitsShape('orders', 'orders.fifo'), false);
  });
});

describe('wildcards of brokers', () => {
  it('stand for words: one, or those that are left', () => {
    assert.deepEqual(
      [
        fitsRoutingKey('a.b', 'a.*'),
        fitsRoutingKey('a', 'a.#'),
        fitsRoutingKey('a.b.c', 'a.*'),
        fitsRoutingKey('x.a.y', '#.a.#'),
      ],
      [true, true, false, true],
    );
    assert.deepEqual(
      [
        fitsSubject('a.b.c', 'a.>'),
        fitsSubject('a', 'a.*'),
        fitsSubject('a.b', 'a.#'),
        fitsSubject('a', 'a.>'),
      ],
      [true, false, false, false],
    );
    assert.deepEqual(
      [fitsTopicFilter('a/b/c', 'a/+/c'), fitsTopicFilter('a', 'a/#'), fitsTopicFilter('b', 'a/#')],
      [true, true, false],
    );
  });

  it('of MQTT stand behind the name of a group that shares them', () => {
    assert.deepEqual(
      [
        fitsTopicFilter('a/7', '$share/workers/a/+'),
        fitsTopicFilter('b/7', '$share/workers/a/+'),
        fitsTopicFilter('workers/a/7', '$share/workers/a/+'),
      ],
      [true, false, false],
    );
  });

  it("of Redis stand for letters, as a regular expression's would", () => {
    const piece = fc.constantFrom('*', '?', '[ab]', '[^a]', '[b-c]', '\\*', 'a', 'b', '.');
    const sources: Record<string, string> = { '*': '.*', '?': '.', '.': '\\.' };
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 7 }),
        fc.stringMatching(/^[abc.*]{0,8}$/),
        (all, name) => {
          const source = all.map((one) => sources[one] ?? one).join('');
          const expected = new RegExp(`^${source}$`, 's').test(name);
          assert.equal(fitsChannelPattern(name, all.join('')), expected);
        },
      ),
    );
    assert.equal(fitsChannelPattern('order.created.eu', 'order.*'), true);
  });

  it('end for a hostile key of a million words', () => {
    assert.equal(fitsChannelPattern('a'.repeat(1_000_000), '*b*b*b*b'), false);
    assert.equal(fitsRoutingKey('a.'.repeat(1_000_000), '#.b.#.b.#.b.#'), false);
  });
});
