import assert from 'node:assert/strict';
import fc from 'fast-check';
import { jsonParts } from '../../../../src/sources/file/jsonParts.ts';

const valuesIn = (text: string) =>
  [...jsonParts(text)].flatMap((part) => ('value' in part ? [part.value] : []));
const told = (text: string) =>
  [...jsonParts(text)].map((part) => [part.line, 'value' in part ? part.value : part.broken]);

/** An object or list, as traces come in, with no minus zero, which JSON has none of. */
const document = fc
  .oneof(fc.dictionary(fc.string(), fc.jsonValue()), fc.array(fc.jsonValue()))
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const written = fc.record({ value: document, indent: fc.constantFrom(0, 2, 0, 4) });
const textOf = (all: readonly { value: unknown; indent: number }[], separator: string) =>
  all.map(({ value, indent }) => JSON.stringify(value, null, indent)).join(separator);

describe('the JSON values of a text', function () {
  this.timeout(60_000);
  it('are all found, however they are broken into lines and put behind one another', () => {
    fc.assert(
      fc.property(
        fc.array(written, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('\n', '\r\n', '', ' ', ',\n', '\n\n', '\x1e'),
        (all, separator) => {
          assert.deepEqual(
            valuesIn(textOf(all, separator)),
            all.map(({ value }) => value),
          );
        },
      ),
    );
  });

  it('are found before and behind a line that is cut, which is told with its number', () => {
    fc.assert(
      fc.property(document, document, document, fc.nat(), (before, broken, after, at) => {
        const line = JSON.stringify(broken);
        const half = line.slice(0, 1 + (at % (line.length - 1)));
        const text = [JSON.stringify(before), half, JSON.stringify(after)].join('\n');
        const parts = [...jsonParts(text)];
        assert.ok(parts.some((part) => 'broken' in part && part.line === 2));
        assert.deepEqual(valuesIn(text), [before, after]);
      }),
    );
  });

  it('any cut loses no value before it, and says so unless it falls between two', () => {
    fc.assert(
      fc.property(fc.array(written, { minLength: 2, maxLength: 4 }), fc.nat(), (all, at) => {
        const whole = textOf(all, '\n');
        const text = whole.slice(0, 1 + (at % whole.length));
        const ends = all.map((_, index) => textOf(all.slice(0, index + 1), '\n').length);
        const complete = ends.filter((end) => end <= text.length).length;
        assert.deepEqual(
          valuesIn(text).slice(0, complete),
          all.slice(0, complete).map(({ value }) => value),
        );
        const isClean = ends.includes(text.trimEnd().length);
        assert.equal(
          told(text).some(([, part]) => part === 'cut' || part === 'syntax'),
          !isClean,
        );
      }),
    );
  });

  it('never throws, whatever the text', () => {
    const bits = fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\n', '\\', '1', 'null', ' ');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(bits).map((all) => all.join('')),
        ),
        (text) => {
          assert.ok([...jsonParts(text)].length <= text.length);
        },
      ),
    );
  });

  it('a whole text has no line; others have theirs', () => {
    assert.deepEqual(told('{\n"a":1}'), [[undefined, { a: 1 }]]);
    assert.deepEqual(told('{\n"a":1}\n\n{"b":2}\nlog\n{"c":'), [
      [1, { a: 1 }],
      [4, { b: 2 }],
      [5, 'syntax'],
      [6, 'cut'],
    ]);
  });

  it('take time in proportion to the text, also where every line could go on to its end', () => {
    const hostile = '{"a":[\n'.repeat(60_000);
    const began = process.cpuUsage();
    assert.equal([...jsonParts(hostile)].length, 60_000);
    const { user, system } = process.cpuUsage(began);
    assert.ok(user + system < 5e6, `${String((user + system) / 1e6)} s`);
  });
});
