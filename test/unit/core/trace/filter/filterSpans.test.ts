import fc from 'fast-check';
import assert from 'node:assert/strict';
import { formatDuration, formatExactDuration } from '../../../../../src/core/base/format.ts';
import { microseconds } from '../../../../../src/core/base/units.ts';
import { buildTrace } from '../../../../../src/core/trace/build.ts';
import { askedAttributes } from '../../../../../src/core/trace/filter/askedAttributes.ts';
import { parseSpanFilter } from '../../../../../src/core/trace/filter/parseSpanFilter.ts';
import { filteredRows } from '../../../../support/filteredRows.ts';
import { makeSpan, type SpanSketch } from '../../../../support/span.ts';

const { trace } = buildTrace([
  makeSpan({
    id: 'a',
    name: 'GET /api/orders/:id',
    kind: 'server',
    duration: 250_000,
    attributes: { 'http.route': '/api/orders/:id', 'http.response.status_code': 500 },
  }),
  makeSpan({
    id: 'b',
    parent: 'a',
    name: 'OrdersController.findOne',
    start: 10,
    duration: 100_000,
  }),
  makeSpan({ id: 'c', parent: 'b', name: 'GET', kind: 'client', start: 20, duration: 3 }),
  makeSpan({
    id: 'd',
    parent: 'c',
    name: 'GET /price list',
    kind: 'server',
    service: 'pricing api',
    status: 'error',
    start: 24,
    duration: 2,
    attributes: {
      'http.route': '/price',
      'http.response.status_code': '404',
      retries: 4,
      tags: ['a', 'b'],
    },
  }),
]);
const places = {
  texts: ['orders.controller.ts:31', 'price.service.ts:7'],
  row: Int32Array.of(0, 0, -1, 1),
};

const rowsOf = (query: string) => filteredRows(trace, query, places);
const found = (query: string) =>
  rowsOf(query)
    .map((row) => trace.spans[row]!.spanId)
    .join('');
const problems = (query: string) => parseSpanFilter(query).problems;

describe('a filter of spans', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['', 'abcd'],
    ['   ', 'abcd'],
    ['orders', 'ab'],
    ['ORDERS get', 'a'],
    ['pricing', 'd'],
    ['service:shop-api', 'abc'],
    ['SERVICE:shop-api', 'abc'],
    ['Service: Shop-API', 'abc'],
    ['service=shop-api', 'abc'],
    ['service=SHOP-API', 'abc'],
    ['service=shop', ''],
    ['service!=shop-api', 'd'],
    ['-service!=shop-api', 'abc'],
    ['operation:price', 'd'],
    ['name:price', 'd'],
    ['operation:shop', ''],
    ['kind:server', 'ad'],
    ['KIND=Server', 'ad'],
    ['kind:server -error', 'a'],
    ['status:error', 'd'],
    ['error', 'd'],
    ['Errors', 'd'],
    ['"error"', ''],
    ['>100ms', 'a'],
    ['>100 ms', 'a'],
    ['> 100 ms', 'a'],
    ['> 0.1 s', 'a'],
    ['>=100ms', 'ab'],
    ['>= 100 MS', 'ab'],
    ['<3µs', 'd'],
    ['< 3 μs', 'd'],
    ['<=3us', 'cd'],
    ['<3000ns', 'd'],
    ['duration:>0.2s', 'a'],
    ['duration > 200 ms', 'a'],
    ['DURATION>=100ms', 'ab'],
    ['-duration > 200 ms', 'bcd'],
    ['100ms', 'b'],
    ['100 ms', 'b'],
    ['1 min 0 s', ''],
    ['duration = 250 ms', 'a'],
    ['duration != 250 ms', 'bcd'],
    ['> 0,1 s', 'a'],
    ['>0,1s', 'a'],
    ['duration > 0,1 s', 'a'],
    ['duration:<= 0,1 s', 'bcd'],
    ['0,1s', 'b'],
    ['0,1 s', 'b'],
    ['0,250 s', 'a'],
    ['< 1,000 ms', 'abcd'],
    ['>100,000 µs', 'a'],
    ['250,000 us', 'a'],
    ['250,000.0us', 'a'],
    ['!= 100 ms', 'acd'],
    ['!=0,1s', 'acd'],
    ['-!=100ms', 'b'],
    ['duration:!= 100 ms', 'acd'],
    ['get != x', 'abcd'],
    ['get > 100 ms', 'a'],
    ['> 1 µs < 100 ms', 'cd'],
    ['service:"pricing api"', 'd'],
    ['service:="pricing api"', 'd'],
    ['service:=shop-api', 'abc'],
    ['service:=shop', ''],
    ['service:=""', ''],
    ['-service:=shop-api', 'd'],
    ['"price list"', 'd'],
    ['"price list', 'd'],
    ['-service:shop-api', 'd'],
    ['critical', 'abc'],
    ['Critical', 'abc'],
    ['orders.controller.ts', 'ab'],
    ['orders.controller.ts:31', 'ab'],
    ['ORDERS.Controller.ts:31', 'ab'],
    ['file:price', 'd'],
    ['code=price.service.ts:7', 'd'],
    ['-file:orders', 'cd'],
    ['orders.controller.ts > 100 ms', 'a'],
    ['http.route=/price', 'd'],
    ['HTTP.Route = /PRICE', 'd'],
    ['http.route=/api*', 'a'],
    ['http.route=*', 'ad'],
    ['http.route=*orders*id', 'a'],
    ['-http.route=*', 'bc'],
    ['http.route!=/price', 'abc'],
    ['http.response.status_code=500', 'a'],
    ['http.response.status_code=404', 'd'],
    ['http.response.status_code>=400', 'ad'],
    ['http.response.status_code > 404', 'a'],
    ['http.response.status_code < 500 kind:server', 'd'],
    ['retries > 3', 'd'],
    ['retries >= 4', 'd'],
    ['retries < 4', ''],
    ['retries >4 or retries <5', 'd'],
    ['-retries > 3', 'abc'],
    ['"retries" > 3', 'd'],
    ['"http.response.status_code" > 404', 'a'],
    ['"price list" > 1 µs', 'd'],
    ['price > 1 µs', 'd'],
    ['error > 1 µs', 'd'],
    ['tags=b', 'd'],
    ['tags=["a","b"]', ''],
    ['unknown:thing', ''],
    ['unknown=thing', ''],
    ['/api/orders/:id', 'a'],
    ['.*', ''],
    ['-', 'abc'],
    ['orders or pricing', 'abd'],
    ['orders OR   Pricing', 'abd'],
    ['orders AND get', 'a'],
    ['pricing or orders get', 'ad'],
    ['(pricing or orders) get', 'ad'],
    ['get and (pricing or "findOne")', 'd'],
    ['get(pricing)', ''],
    ['(pricing)or(findone)', 'bd'],
    ['( pricing or findone )and( kind : server )', 'd'],
    ['-(pricing or findone)', 'ac'],
    ['-( pricing or -(findone) )', 'b'],
    ['((pricing) or (findone', 'bd'],
    ['pricing)', ''],
    ['"or"', 'ab'],
    ['"and"', ''],
    ['-orders -pricing', 'c'],
    ['-"price list" get', 'ac'],
    ['-service:shop', 'd'],
    ['-http.route=/price error', ''],
    ['-critical', 'd'],
    ['critical:no', 'd'],
    ['critical = YES', 'abc'],
    ['mapped:no', 'c'],
    ['-mapped:no', 'abd'],
    ['Mapped: false', 'c'],
    ['mapped:true kind:server', 'ad'],
    ['mapped!=no', 'abd'],
    ['self>140ms', 'a'],
    ['self > 140 ms or self < 3 us', 'ad'],
    ['duration: > 200 ms or < 3 us', 'ad'],
    ['http.response.status_code=500 s', 'a'],
    ['http.route:=/price', 'd'],
    ['http.route:=/PRICE', ''],
    ['http.route := /price', 'd'],
    ['"http.route"=/price', 'd'],
    ['"http.route" = /price', 'd'],
    ['"tags"="[""a"",""b""]"', 'd'],
    ['*=/price', 'd'],
    ['http.*=404 or http.*=500', 'ad'],
    ['<anonymous>', ''],
    ['404', 'd'],
    ['-404', 'abc'],
    ['404 or findone', 'bd'],
    ['name:404', ''],
  ];
  for (const [query, ids] of cases) {
    it(`finds ${ids === '' ? 'nothing' : ids} for ${JSON.stringify(query)}`, () => {
      assert.deepEqual(problems(query), []);
      assert.equal(found(query), ids);
    });
  }

  it('finds attributes in any language', () => {
    const { trace: one } = buildTrace([
      makeSpan({ id: 'a', attributes: { größe: 5, city: 'İstanbul' } }),
      makeSpan({ id: 'b', attributes: { 사용자: 'a b', city: 'IĞDIR ΟΔΟΣ' } }),
    ]);
    const ids = (query: string) =>
      filteredRows(one, query)
        .map((row) => one.spans[row]!.spanId)
        .join('');
    for (const query of ['größe=5', 'größe = 5', 'GRÖSSE=5 or größe>4', 'größe > 4', 'gr*e=5'])
      assert.equal(ids(query), 'a', query);
    for (const query of ['사용자="a b"', '사용자 = "a b"', '-사용자 != "a b"', '사용*:="a b"'])
      assert.equal(ids(query), 'b', query);
    for (const query of ['city=İstanbul', 'city=*İstanbul*', 'İstanbul', 'city=*stan*', 'İSTANBUL'])
      assert.equal(ids(query), 'a', query);
    assert.equal(ids('city=*iğdir*'), 'b');
    assert.equal(ids('city=*ΟΔΟΣ*'), 'b');
    assert.equal(problems('größe=').join(), 'Type a value after größe=');
  });

  it('finds letters however they were put together, as macOS writes them in names of files', () => {
    const written = {
      name: '주문 조회',
      service: 'café',
      attributes: { 'größe.열': 'Ångström 값' },
    };
    for (const [form, other] of [
      ['NFC', 'NFD'],
      ['NFD', 'NFC'],
    ] as const) {
      const { trace: one } = buildTrace([
        makeSpan(JSON.parse(JSON.stringify({ id: 'a', ...written }).normalize(form)) as SpanSketch),
      ]);
      for (const query of [
        '주문',
        'name:조회',
        'name="주문 조회"',
        'service:CAFÉ',
        'größe.열="ångström 값"',
        'GRÖSSE.열=* or größe.열=*값',
        '*=*ström*',
        'ångström',
      ])
        assert.deepEqual(filteredRows(one, query.normalize(other)), [0], `${form} ${query}`);
    }
  });

  const wrong: readonly (readonly [string, string])[] = [
    ['>100', 'Add a unit: >100 µs, >100 ms or >100 s'],
    ['>100parsecs', 'Invalid duration 100parsecs. Use µs, ms, s, min or h'],
    ['> fast', 'Invalid duration fast. Use µs, ms, s, min or h'],
    ['>', 'Type a duration after >, such as 100 ms'],
    ['!=', 'Type a duration after !=, such as 100 ms'],
    ['>1,5', 'Add a unit: >1,5 µs, >1,5 ms or >1,5 s'],
    ['>1,2,3s', 'Invalid duration 1,2,3s. Use µs, ms, s, min or h'],
    ['duration:', 'Type a value after duration:'],
    ['service:', 'Type a value after service:'],
    ['http.route=', 'Type a value after http.route='],
    ['"retries" > x', 'Type a number after "retries">'],
    ['http.route>x', 'Type a number after http.route>'],
    ['service>shop', "service can't be compared. Use service:text"],
    [
      'kind:servant',
      'kind must be one of unspecified, internal, server, client, producer, consumer',
    ],
    ['status:200', 'status must be one of unset, ok, error'],
    ['status=err', 'status must be one of unset, ok, error'],
    ['status!=e', 'status must be one of unset, ok, error'],
    [
      'kind:=SERVER',
      'kind must be one of unspecified, internal, server, client, producer, consumer',
    ],
    ['mapped:perhaps', 'mapped must be one of yes, no'],
    ['critical>1', "critical can't be compared. Use critical:text"],
    ['and', 'Type a condition before and after and'],
    ['(', 'Type a condition after ('],
    ['-( )', 'Type a condition after -('],
    ['-(>100)', 'Add a unit: >100 µs, >100 ms or >100 s'],
  ];
  for (const [query, problem] of wrong) {
    it(`says what is wrong with ${query}, and leaves it out`, () => {
      assert.deepEqual(problems(query), [problem]);
      assert.equal(found(`kind:server ${query}`), 'ad');
    });
  }

  it('names the field that a text seems to want', () => {
    assert.deepEqual(parseSpanFilter('servise:shop').terms, [
      {
        field: 'text',
        text: 'servise:shop',
        fits: 'part',
        unknownField: 'servise',
      },
    ]);
  });
});

describe('a text that no row shows', () => {
  const asked = (query: string) =>
    askedAttributes(trace, parseSpanFilter(query).expression, places);

  it('is looked for in attributes; others need none', () => {
    assert.deepEqual(asked('404'), [{ key: '*', comparison: '=', value: '*404*' }]);
    assert.deepEqual(asked('orders "price list" service:404 >1ms'), []);
    assert.deepEqual(asked('(tags=b or -404) orders'), [
      { key: 'tags', comparison: '=', value: 'b' },
      { key: '*', comparison: '=', value: '*404*' },
    ]);
  });
});

describe('any filter of spans', () => {
  const anything = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc
      .array(
        fc.constantFrom(
          ...['>', '<=', '=', '!=', ':', ':=', '-', '"', ' ', '100', 'ms', 's', 'service', 'kind'],
          ...['server', 'http.route', '/price', '*', 'error', 'orders', 'duration', '2min', '0s'],
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join('')),
  );

  it('is read without failing; each word is a term or a problem', () => {
    fc.assert(
      fc.property(anything, (query) => {
        const { terms, problems: said } = parseSpanFilter(query);
        assert.equal(terms.length + said.length > 0, query.trim() !== '');
        assert.ok(rowsOf(query).length <= trace.size);
      }),
    );
  });

  it('finds what two filters both find, beside each other', () => {
    const closed = anything.filter(
      (query) =>
        /[\p{L}\d*/]$/u.test(query) &&
        query.split('"').length % 2 === 1 &&
        !/[()]|\b(?:and|or)\b/iu.test(query),
    );
    fc.assert(
      fc.property(closed, fc.constantFrom('kind:server', 'error', '"orders"'), (one, other) => {
        const both = new Set(rowsOf(other));
        fc.pre(!/^\s*[\d=!<>]/u.test(one));
        assert.deepEqual(
          rowsOf(`${other} ${one}`),
          rowsOf(one).filter((row) => both.has(row)),
        );
      }),
    );
  });

  it('in its negation finds the others', () => {
    const term = fc.constantFrom('orders', 'kind:server', '>5 ms', 'http.route=*', 'file:price');
    fc.assert(
      fc.property(term, (one) => {
        assert.deepEqual(
          [...rowsOf(one), ...rowsOf(`-${one}`)].toSorted((a, b) => a - b),
          trace.spans.map((_, row) => row),
        );
      }),
    );
  });

  it('finds each span by the duration that its row shows, and by what lies below and above it', () => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1e13, noNaN: true }), (length) => {
        const duration = Math.round(length * 1000) / 1000; // No format is finer than a nanosecond.
        const { trace: one } = buildTrace([makeSpan({ id: 'a', duration })]);
        const finds = (query: string) => filteredRows(one, query).length === 1;
        for (const format of [formatDuration, formatExactDuration]) {
          const shown = format(microseconds(duration));
          assert.ok(finds(shown), shown);
          assert.ok(finds(`duration = ${shown}`), shown);
          assert.notEqual(finds(`> ${shown}`), finds(`<= ${shown}`), shown);
        }
      }),
    );
  });

  it('finds a span by its own name where its row is called otherwise', () => {
    const { trace: one } = buildTrace([
      makeSpan({ id: 'a', name: 'EntryPoint', kind: 'server', service: 'edge', scope: 'traefik' }),
      makeSpan({ id: 'b', parent: 'a', name: 'prisma:client:operation' }),
      makeSpan({ id: 'c', name: 'prisma:client:operation', attributes: { method: 'count' } }),
    ]);
    const ids = (query: string) => filteredRows(one, query).map((row) => one.spans[row]!.spanId);
    assert.deepEqual(one.operations, ['Traefik', 'prisma:client:operation', 'prisma $count']);
    assert.deepEqual(ids('entrypoint'), ['a']);
    assert.deepEqual(ids('name=prisma:client:operation').sort(), ['b', 'c']);
    assert.deepEqual(ids('name:$count'), ['c']);
    assert.deepEqual(ids('-name:prisma:client'), ['a']);
  });

  it('finds a span by the name, service and place that its row shows, in quotes', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => !text.includes('"'));
    fc.assert(
      fc.property(name, name, name, (operation, service, place) => {
        const { trace: one } = buildTrace([makeSpan({ id: 'a', name: operation, service })]);
        const at = { texts: [place], row: Int32Array.of(0) };
        for (const text of [operation, service, place])
          assert.deepEqual(filteredRows(one, `"${text}"`, at), [0], JSON.stringify(text));
        assert.deepEqual(filteredRows(one, `service:="${service}"`, at), [0]);
      }),
    );
  });
});
