import fc from 'fast-check';
import assert from 'node:assert/strict';
import { buildTrace } from '../../../../../src/core/trace/build.ts';
import { AttributeCounts } from '../../../../../src/core/trace/filter/completion/attributeCounts.ts';
import {
  completionAt,
  withOption,
} from '../../../../../src/core/trace/filter/completion/completion.ts';
import {
  namesOfTrace,
  type FilterWords,
} from '../../../../../src/core/trace/filter/completion/filterWords.ts';
import { parseSpanFilter } from '../../../../../src/core/trace/filter/parseSpanFilter.ts';
import type { Trace } from '../../../../../src/core/trace/trace.ts';
import { filteredRows } from '../../../../support/filteredRows.ts';
import { makeSpan } from '../../../../support/span.ts';

const { trace } = buildTrace([
  makeSpan({
    id: 'a',
    name: 'GET /orders/:id',
    kind: 'server',
    attributes: { 'http.route': '/orders/:id', 'http.status_code': 200 },
  }),
  makeSpan({ id: 'b', parent: 'a', name: 'findOne', attributes: { model: 'Order' } }),
  makeSpan({ id: 'c', parent: 'a', name: 'findOne', attributes: { model: 'OrderItem' } }),
  makeSpan({
    id: 'd',
    parent: 'a',
    name: 'GET /price list',
    kind: 'client',
    service: 'pricing api',
    status: 'error',
    attributes: { model: 'Order', note: 'say "hi"' },
  }),
]);
const places = {
  texts: ['orders.controller.ts:31', 'price.service.ts:7', 'orders.controller.ts:40'],
  row: Int32Array.of(0, 2, 2, 1),
};
const onePlace = { texts: places.texts, row: Int32Array.of(0, -1) };

function wordsOf(one: Trace): FilterWords {
  const counts = new AttributeCounts();
  for (const span of one.spans) counts.add(span);
  return { ...namesOfTrace(one, places), attributes: counts.summaries() };
}
const words = wordsOf(trace);

/** What can be typed at the `|` of a filter, or at its end. */
const complete = (typed: string, known = words) => {
  const caret = typed.includes('|') ? typed.indexOf('|') : typed.length;
  return completionAt(typed.replace('|', ''), caret, known);
};
const options = (typed: string) => complete(typed).options.map(({ text }) => text);

describe('the completion of a filter', () => {
  it('offers fields, attributes and names of the trace, each with how many spans have it', () => {
    assert.deepEqual(options('mo'), ['model=']);
    assert.deepEqual(options('ord'), ['name:="GET /orders/:id"', 'file:orders.controller.ts']);
    assert.deepEqual(options('s'), [
      'service:',
      'status:',
      'self:',
      'http.status_code=',
      'service:=shop-api',
      'file:price.service.ts',
    ]);
    assert.deepEqual(options('pri'), [
      'service:="pricing api"',
      'name:="GET /price list"',
      'file:price.service.ts',
    ]);
    assert.deepEqual(
      complete('mod').options.map(({ detail, isOpen }) => [detail, isOpen]),
      [['3 spans', true]],
    );
  });

  it('offers the values of a field or attribute, frequent ones first', () => {
    assert.deepEqual(options('service:'), ['service:=shop-api', 'service:="pricing api"']);
    assert.deepEqual(options('kind:'), ['kind:internal', 'kind:client', 'kind:server']);
    assert.deepEqual(options('STATUS = e'), ['STATUS:error', 'STATUS:unset']);
    assert.deepEqual(options('mapped:'), ['mapped:yes', 'mapped:no']);
    assert.deepEqual(options('file:'), ['file:orders.controller.ts', 'file:price.service.ts']);
    assert.deepEqual(options('file:orders.controller.ts:'), [
      'file:=orders.controller.ts:40',
      'file:=orders.controller.ts:31',
    ]);
    assert.deepEqual(options('model='), ['model=Order', 'model=OrderItem']);
    assert.deepEqual(options('Model = orderi'), ['model=OrderItem']);
    assert.deepEqual(options('note="say'), ['note="say ""hi"""']);
    assert.deepEqual(options('duration:>10'), ['duration:>10ms', 'duration:>100ms']);
    assert.deepEqual(options('>10'), []);
  });

  it('offers keys of any script and their values', () => {
    const { trace: one } = buildTrace([makeSpan({ id: 'a', attributes: { 사용자: 'kim' } })]);
    const known = wordsOf(one);
    const offered = (typed: string) => complete(typed, known).options.map(({ text }) => text);
    assert.deepEqual(offered('사용'), ['사용자=']);
    assert.deepEqual(offered('사용자='), ['사용자=kim']);
    assert.deepEqual(offered('사용자 = k'), ['사용자=kim']);
    assert.deepEqual(offered('사용'.normalize('NFD')), ['사용자=']);
    assert.deepEqual(offered('사용자=k'.normalize('NFD')), ['사용자=kim']);
  });

  it('keeps a condition turned round, and says != by a sign', () => {
    assert.deepEqual(options('-mod'), ['-model=']);
    assert.deepEqual(options('-model=orderi'), ['-model=OrderItem']);
    assert.deepEqual(options('model!=orderi'), ['-model=OrderItem']);
    assert.deepEqual(options('-model != orderi'), ['model=OrderItem']);
  });

  it('takes the place of the condition at the caret alone, spaces within it included', () => {
    const { from, to } = complete('error and (service : sh|op or >1 s)');
    assert.deepEqual([from, to], [11, 25]);
    assert.deepEqual(complete('error |').from, 6);
    assert.deepEqual(options('error |')[0], 'service:');
    assert.deepEqual(options('or|'), ['name:="GET /orders/:id"', 'file:orders.controller.ts']);
  });

  it('leaves what stands behind an unfinished condition', () => {
    const taken = (typed: string, ...texts: string[]) => {
      let at = { query: typed.replace('|', ''), caret: typed.indexOf('|') };
      for (const text of texts) {
        const completion = completionAt(at.query, at.caret, words);
        const option = completion.options.find((one) => one.text === text);
        assert.ok(option, text);
        at = withOption(at.query, completion, option);
      }
      return `${at.query.slice(0, at.caret)}|${at.query.slice(at.caret)}`;
    };
    assert.equal(taken('mod| error', 'model='), 'model=| error');
    assert.equal(taken('mod| error', 'model=', 'model=Order'), 'model=Order| error');
    assert.equal(taken('service:| error', 'service:=shop-api'), 'service:=shop-api| error');
    assert.equal(taken('model=| (a or b)', 'model=Order'), 'model=Order| (a or b)');
    assert.equal(taken('model=|(a or b)', 'model=Order'), 'model=Order |(a or b)');
    assert.equal(taken('|error', 'service:'), 'service:| error');
    assert.equal(taken('(mod|)', 'model='), '(model=|)');
    assert.equal(taken('model= |', 'model=Order'), 'model=Order |');
  });

  it('leaves all other conditions as they are, whatever is taken', () => {
    const before = fc.constantFrom(
      '',
      'error ',
      'x or ',
      'kind:server and -critical ',
      '(a or b) ',
    );
    const unfinished = fc.constantFrom(
      ...['', 'mod', '-mod', 'mo', 'ser', 's', 'GET', 'dur', 'self:', 'self:>', 'mapped:', 'fi'],
      ...[
        'model=',
        'model = ',
        '-model:=',
        'model=Or',
        'service:',
        'service: sh',
        'name:',
        'kind=',
      ],
    );
    const behind = fc.constantFrom(
      ...['', ' error', ' (a or b)', ' -(a)', ' >1 s', ' 5 ms', ' or x', ' and -critical'],
      ...[' "two words"', ' model=Order', '   kind : server x', ' -error', ' ms', ' http.*>4'],
    );
    const glued = fc.constantFrom('', '(a or b)');
    const termsIn = (query: string) => parseSpanFilter(query).terms;
    fc.assert(
      fc.property(before, unfinished, glued, behind, fc.nat(), (first, typed, next, rest, pick) => {
        const others = (/[=:>]\s*$/u.test(typed) ? next : '') + rest;
        let at = { query: first + typed + others, caret: first.length + typed.length };
        for (let steps = 0; steps < 2; steps++) {
          const completion = completionAt(at.query, at.caret, words);
          const { options: all } = completion;
          const option = all[pick % all.length];
          if (!option) return;
          const { query, caret } = withOption(at.query, completion, option);
          if (!option.isOpen) {
            const expected = [first, option.text, others.replace(/^ (?:and|or) /u, '')];
            assert.deepEqual(termsIn(query), expected.flatMap(termsIn), query);
            return;
          }
          at = { query, caret };
        }
      }),
      { numRuns: 500 },
    );
  });

  it('says when nothing of the trace fits, where all of it is known', () => {
    assert.equal(complete('service:zz').nothing, 'No service in this trace contains zz.');
    assert.equal(complete('name:zz').nothing, 'No operation in this trace contains zz.');
    assert.equal(complete('file:zz').nothing, 'No file in this trace contains zz.');
    assert.equal(complete('model=zz').nothing, 'No value of model in this trace contains zz.');
    assert.equal(complete('model=zz*').nothing, '');
    assert.equal(complete('unknown=zz').nothing, '');
    assert.equal(complete('zz').nothing, '');
    assert.equal(complete('model=zz', { ...words, attributes: undefined }).nothing, '');
  });

  it('never says that nothing fits what the filter finds', () => {
    const { trace: one } = buildTrace([
      makeSpan({
        id: 'a',
        name: 'prisma:client:operation',
        attributes: {
          model: 'Order',
          method: 'findMany',
          statement: `${'x'.repeat(300)} customer_id`,
          tags: ['say "hi"'],
        },
      }),
      makeSpan({ id: 'b', name: 'SELECT *\nFROM "Order"', service: 'say "hi"' }),
    ]);
    const known = wordsOf(one);
    assert.notDeepEqual(one.operations[0], one.operationNames[0]);
    for (const typed of [
      'name:prisma:client',
      'name:"SELECT * FROM"',
      'name="SELECT * FROM Order"',
      'file:31',
      'service="say hi"',
      'statement=*customer_id*',
      'tags="say ""hi"""',
    ]) {
      assert.notDeepEqual(filteredRows(one, typed, onePlace), [], typed);
      assert.equal(complete(typed, known).nothing, '', typed);
    }
    assert.equal(complete('statement=customer_id', known).nothing, '');
    assert.deepEqual(
      complete('name:prisma:', known).options.map(({ text }) => text),
      ['name:=prisma:client:operation'],
    );
    assert.deepEqual(options('file:31'), ['file:=orders.controller.ts:31']);
  });

  it('offers nothing that is not read, or that finds no span, whatever was typed', () => {
    const piece = fc.constantFrom(
      ...[
        '-',
        '(',
        '"',
        ' ',
        ':',
        '=',
        '!=',
        '>',
        'or ',
        'and ',
        'e',
        'o',
        'se',
        'service',
        'kind',
      ],
      ...['model', 'note', 'file', 'Order', 'pri', 'mapped', '*'],
    );
    const typed = fc.array(piece, { maxLength: 8 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(typed, fc.nat(), (query, at) => {
        const caret = at % (query.length + 1);
        const { from, to, options: all } = completionAt(query, caret, words);
        assert.ok(from <= caret && caret <= to && to <= query.length);
        for (const { text, isOpen } of all) {
          if (isOpen) continue;
          const { problems, terms } = parseSpanFilter(text);
          assert.deepEqual(problems, [], text);
          assert.equal(terms.length, 1, text);
          if (/^(?:service|name|file|kind|model|note|http)/u.test(text))
            assert.notDeepEqual(filteredRows(trace, text, places), [], text);
        }
      }),
    );
  });
});

describe('the attributes of a trace', () => {
  const summaries = (one: Trace) => wordsOf(one).attributes ?? [];

  it('are counted by span: themselves, in events and in resources', () => {
    const event = { name: 'exception', time: trace.start, attributes: [{ key: 'a', value: 1 }] };
    const { trace: one } = buildTrace([
      makeSpan({ id: 'a', attributes: { a: 1 }, events: [event, event] }),
      makeSpan({ id: 'b', parent: 'a', attributes: { a: ['x'] } }),
    ]);
    assert.deepEqual(
      summaries(one).filter(({ key }) => key === 'a'),
      [
        {
          key: 'a',
          count: 2,
          values: [
            { text: '1', count: 1 },
            { text: '["x"]', count: 1 },
          ],
          isWhole: true,
        },
      ],
    );
  });

  it('count a span once that has what its resource has too', () => {
    const resource = { service: 'shop', attributes: [{ key: 'tenant', value: 'a' }] };
    const { trace: one } = buildTrace(
      ['a', 'b', undefined].map((tenant, index) => ({
        ...makeSpan({ id: `${index}`, ...(tenant !== undefined && { attributes: { tenant } }) }),
        resource,
      })),
    );
    assert.deepEqual(summaries(one), [
      {
        key: 'tenant',
        count: 3,
        values: [
          { text: 'a', count: 3 },
          { text: 'b', count: 1 },
        ],
        isWhole: true,
      },
    ]);
  });

  it('are bounded, however many and long they are, and say so', () => {
    const { trace: large } = buildTrace(
      Array.from({ length: 3_000 }, (_, index) =>
        makeSpan({
          id: `${index}`,
          attributes: { id: `${index}`, [`key ${index}`]: 'x'.repeat(5_000), same: 'x' },
        }),
      ),
    );
    const all = summaries(large);
    assert.ok(all.length <= 500);
    assert.ok(JSON.stringify(all).length < 300_000);
    const of = (key: string) => all.find((one) => one.key === key);
    assert.equal(of('id')?.isWhole, false);
    assert.deepEqual(of('same')?.values, [{ text: 'x', count: 3_000 }]);
  });
});
