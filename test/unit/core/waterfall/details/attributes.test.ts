import assert from 'node:assert/strict';
import fc from 'fast-check';
import { textOfMarks } from '../../../../../src/core/base/markedText.ts';
import type { Attributes, AttributeValue } from '../../../../../src/core/trace/rawSpan.ts';
import { attributeGroups } from '../../../../../src/core/waterfall/details/attributeGroups.ts';
import {
  attributeLines,
  attributeText,
  shownAttribute,
} from '../../../../../src/core/waterfall/details/attributeText.ts';

const attributesOf = (record: Readonly<Record<string, AttributeValue>>): Attributes =>
  Object.entries(record).map(([key, value]) => ({ key, value }));

const value = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.boolean(),
  fc.array(fc.oneof(fc.string(), fc.integer())),
);
const attributes = fc.array(
  fc.record({ key: fc.oneof(fc.constantFrom('http.route', 'db.name', 'x'), fc.string()), value }),
);

describe('the value of an attribute', () => {
  it('is told apart by type: number, boolean, list, text, and text that reads like another', () => {
    assert.deepEqual(shownAttribute(200), [{ kind: 'number', text: '200' }]);
    assert.deepEqual(shownAttribute(false), [{ kind: 'literal', text: 'false' }]);
    assert.deepEqual(shownAttribute('200'), [{ kind: 'string', text: '"200"' }]);
    assert.deepEqual(shownAttribute('true'), [{ kind: 'string', text: '"true"' }]);
    assert.deepEqual(shownAttribute('GET'), [{ kind: 'plain', text: 'GET' }]);
    assert.equal(textOfMarks(shownAttribute(['a', 1, true])), '["a", 1, true]');
    assert.equal(textOfMarks(shownAttribute('{"a":1}')), '{\n  "a": 1\n}');
  });

  it('is copied as it was recorded', () => {
    const some = attributesOf({
      'http.route': '/a',
      'x.list': ['a', 1],
      'x.text': '200',
      'x.no': 0,
    });
    assert.equal(attributeLines(some), 'http.route=/a\nx.list=["a",1]\nx.text=200\nx.no=0');
  });
});

describe('groups of attributes', () => {
  it('are those of the conventions, sorted; the rest comes last', () => {
    const some = attributesOf({
      zebra: 1,
      'http.route': '/a',
      'db.system': 'sqlite',
      'url.full': 'http://a',
      user_agent: 'x',
      'messaging.system': 'kafka',
      'code.function.name': 'f',
      'http.request.method': 'GET',
      'server.port': 1,
    });
    assert.deepEqual(
      attributeGroups(some).map(({ title, members }) => [
        title,
        members.map(({ attribute }) => attribute.key).join(' '),
      ]),
      [
        ['HTTP', 'http.request.method http.route url.full user_agent'],
        ['Database', 'db.system'],
        ['Messaging', 'messaging.system'],
        ['Code', 'code.function.name'],
        ['Network', 'server.port'],
        ['Other', 'zebra'],
      ],
    );
  });

  it('are one without a title where there are few', () => {
    const [only, ...more] = attributeGroups(attributesOf({ 'http.route': '/a', 'db.name': 'x' }));
    assert.deepEqual([only?.title, only?.members.length, more], ['', 2, []]);
  });

  it('hold each attribute once with its position, however keys repeat', () => {
    fc.assert(
      fc.property(attributes, (some) => {
        const members = attributeGroups(some).flatMap((group) => group.members);
        assert.equal(members.length, some.length);
        assert.equal(new Set(members.map(({ position }) => position)).size, some.length);
        for (const { attribute, position } of members) assert.equal(attribute, some[position]);
      }),
    );
  });

  it('when searched hold what has every word in its key or value, in any case', () => {
    fc.assert(
      fc.property(attributes, fc.constantFrom('', 'HTTP', 'ro http', '1', 'é'), (some, search) => {
        const found = attributeGroups(some, search).flatMap(({ members }) => members);
        const wanted = some.filter((one) =>
          search
            .toLowerCase()
            .split(' ')
            .every((word) => `${one.key}=${attributeText(one.value)}`.toLowerCase().includes(word)),
        );
        assert.equal(found.length, wanted.length);
      }),
    );
  });
});
