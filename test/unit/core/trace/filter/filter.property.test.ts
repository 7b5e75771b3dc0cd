import fc from 'fast-check';
import assert from 'node:assert/strict';
import { buildTrace } from '../../../../../src/core/trace/build.ts';
import type { RawSpan } from '../../../../../src/core/trace/rawSpan.ts';
import { parseSpanFilter } from '../../../../../src/core/trace/filter/parseSpanFilter.ts';
import { filteredRows } from '../../../../support/filteredRows.ts';
import { makeSpan } from '../../../../support/span.ts';

/** A condition as it is typed, and what it means of one span, said as plainly as can be. */
interface Meaning {
  readonly typed: string;
  readonly isMet: (span: RawSpan, place: string) => boolean;
}

const words = ['orders', 'Price', 'shop', 'find', 'GET'];
const places = ['', 'orders.service.ts:31', 'price.controller.ts:7'];
const kinds = ['server', 'client', 'internal'] as const;

const attributesOf = (span: RawSpan, key: string) =>
  span.attributes.filter((one) => one.key === key).map(({ value }) => String(value));
const has = (text: string, part: string) => text.toLowerCase().includes(part.toLowerCase());
const signs: Record<string, (one: number, other: number) => boolean> = {
  '>': (one, other) => one > other,
  '>=': (one, other) => one >= other,
  '<': (one, other) => one < other,
  '<=': (one, other) => one <= other,
};

/** What is typed with stars, as an expression. */
const like = (pattern: string) =>
  new RegExp(`^${pattern.replaceAll('.', String.raw`\.`).replaceAll('*', '.*')}$`, 'isu');
const whole: Record<string, (one: string, other: string) => boolean> = {
  '=': (one, other) => one.toLowerCase() === other.toLowerCase(),
  '!=': (one, other) => one.toLowerCase() !== other.toLowerCase(),
  ':=': (one, other) => one === other,
};

const gap = fc.constantFrom('', ' ', '   ');
const word = fc.constantFrom(...words);
const sign = fc.constantFrom(...Object.keys(signs));
const wholeSign = fc.constantFrom(...Object.keys(whole));
/** Milliseconds, and how they are typed. */
const length = fc.tuple(fc.integer({ min: 1, max: 9 }), gap, fc.nat(3)).map(([ms, space, unit]) => {
  const typed = [
    `${ms}${space}ms`,
    `${ms}.0${space}MS`,
    `${ms},000${space}µs`,
    `0.00${ms}${space}s`,
  ];
  return [ms, typed[unit]!] as const;
});
const inAnyCase = (text: string) =>
  fc.constantFrom(text, text.toUpperCase(), text[0]!.toUpperCase() + text.slice(1));
const field = (name: string) =>
  fc.tuple(inAnyCase(name), gap, fc.constantFrom(':'), gap).map((parts) => parts.join(''));

const term: fc.Arbitrary<Meaning> = fc.oneof(
  fc.tuple(word, fc.boolean()).map(([text, isQuoted]) => ({
    typed: isQuoted ? `"${text}"` : text,
    isMet: (span: RawSpan, place: string) =>
      [span.name, span.resource.service, place].some((one) => has(one, text)),
  })),
  fc.tuple(field('service'), word).map(([typed, text]) => ({
    typed: typed + text,
    isMet: (span: RawSpan) => has(span.resource.service, text),
  })),
  fc.tuple(field('name'), word).map(([typed, text]) => ({
    typed: typed + text,
    isMet: (span: RawSpan) => has(span.name, text),
  })),
  fc.tuple(field('file'), word).map(([typed, text]) => ({
    typed: typed + text,
    isMet: (_: RawSpan, place: string) => has(place, text),
  })),
  fc.tuple(field('kind'), fc.constantFrom(...kinds)).map(([typed, kind]) => ({
    typed: typed + kind,
    isMet: (span: RawSpan) => span.kind === kind,
  })),
  fc
    .constantFrom('error', 'status:error', 'Status = ERROR', '-status:unset -status:ok')
    .map((typed) => ({ typed: `(${typed})`, isMet: (span: RawSpan) => span.status === 'error' })),
  fc.tuple(field('mapped'), fc.boolean()).map(([typed, is]) => ({
    typed: typed + (is ? 'yes' : 'no'),
    isMet: (_: RawSpan, place: string) => (place !== '') === is,
  })),
  fc
    // No span has another below it, so that all of its time is its own.
    .tuple(fc.constantFrom('', 'duration', 'self'), gap, sign, gap, length)
    .map(([name, before, compares, after, [ms, typed]]) => ({
      typed: `${name}${name && before}${compares}${after}${typed}`,
      isMet: (span: RawSpan) => signs[compares]!(span.duration, ms * 1000),
    })),
  fc.tuple(fc.constantFrom('service', 'name'), wholeSign, word, fc.boolean()).map((parts) => {
    const [name, equals, text, isQuoted] = parts;
    return {
      typed: `${name}${equals}${isQuoted ? `"${text}"` : text}`,
      isMet: (span: RawSpan) => {
        const shown = name === 'name' ? span.name : span.resource.service;
        return whole[equals]!(shown, text);
      },
    };
  }),
  fc
    .tuple(fc.constantFrom('http.*', 'HTTP.rou*', '*'), fc.constantFrom('a', '1', '*', 'or*3*'))
    .map(([key, value]) => ({
      typed: `${key}=${value}`,
      isMet: (span: RawSpan) =>
        span.attributes.some(
          (one) => like(key).test(one.key) && like(value).test(String(one.value)),
        ),
    })),
  fc.tuple(fc.constantFrom('a', 'A'), gap).map(([value, space]) => ({
    typed: `http.route${space}:=${value}`,
    isMet: (span: RawSpan) => attributesOf(span, 'http.route').includes(value),
  })),
  fc
    .tuple(gap, fc.constantFrom('=', '!='), gap, fc.constantFrom('a', 'b', '*'))
    .map(([before, equals, after, value]) => ({
      typed: `http.route${before}${equals}${after}${value}`,
      isMet: (span: RawSpan) =>
        attributesOf(span, 'http.route').some((one) => value === '*' || one === value) ===
        (equals === '='),
    })),
  fc
    .tuple(
      fc.constantFrom('retries', 'http.code', '"http.code"'),
      gap,
      sign,
      gap,
      fc.integer({ min: 0, max: 3 }),
    )
    .map(([key, before, compares, after, than]) => ({
      typed: `${key}${before}${compares}${after}${than}`,
      isMet: (span: RawSpan) =>
        attributesOf(span, key.replaceAll('"', '')).some((one) =>
          signs[compares]!(Number(one), than),
        ),
    })),
);

const not = (one: Meaning): Meaning => ({
  typed: `-${one.typed}`,
  isMet: (span, place) => !one.isMet(span, place),
});
const group = (one: Meaning): Meaning => ({ ...one, typed: `( ${one.typed} )` });

/** Joined as they are typed: `and` and a space before `or`; only a group keeps its parts together. */
const both = (parts: readonly Meaning[], by: readonly string[]): Meaning => ({
  typed: parts
    .map(({ typed }, at) => (at === 0 ? typed : `${by[at % by.length]}${typed}`))
    .join(''),
  isMet: (span, place) => parts.every((one) => one.isMet(span, place)),
});
const either = (parts: readonly Meaning[], by: string): Meaning => ({
  typed: parts.map(({ typed }) => typed).join(by),
  isMet: (span, place) => parts.some((one) => one.isMet(span, place)),
});

const and = fc.constantFrom(' ', '  ', ' and ', ' AND ', '  And  ');
const or = fc.constantFrom(' or ', ' OR ', '   oR   ');
const expression: fc.Arbitrary<Meaning> = fc.letrec<{ whole: Meaning; all: Meaning; one: Meaning }>(
  (tie) => ({
    one: fc.oneof(
      { depthSize: 'small' },
      term,
      term.map(not),
      tie('whole').map(group),
      tie('whole').map((inner) => not({ ...inner, typed: `(${inner.typed})` })),
    ),
    all: fc
      .tuple(fc.array(tie('one'), { minLength: 1, maxLength: 3 }), fc.array(and, { minLength: 1 }))
      .map(([parts, by]) => both(parts, by)),
    whole: fc
      .tuple(fc.array(tie('all'), { minLength: 1, maxLength: 3 }), or)
      .map(([parts, by]) => either(parts, by)),
  }),
).whole;

const span = fc.record({
  name: fc.array(word, { minLength: 1, maxLength: 2 }).map((parts) => parts.join(' ')),
  service: word,
  kind: fc.constantFrom(...kinds),
  status: fc.constantFrom('ok' as const, 'unset' as const, 'error' as const),
  duration: fc.integer({ min: 0, max: 10 }).map((ms) => ms * 1000),
  place: fc.constantFrom(...places),
  route: fc.constantFrom(undefined, 'a', 'b'),
  code: fc.constantFrom(undefined, 0, 1, 2, 3),
});

describe('a filter, beside a reference that asks each span', () => {
  it('finds the spans that meet it, however conditions are joined, spaced and written', () => {
    fc.assert(
      fc.property(fc.array(span, { minLength: 1, maxLength: 12 }), expression, (spans, wanted) => {
        const { trace } = buildTrace(
          spans.map(({ place, route, code, ...rest }, index) =>
            makeSpan({
              ...rest,
              id: `${index}`,
              attributes: {
                ...(route !== undefined && { 'http.route': route }),
                ...(code !== undefined && { 'http.code': code, retries: code }),
                place,
              },
            }),
          ),
        );
        const placeOf = (row: number) => attributesOf(trace.spans[row]!, 'place')[0] ?? '';
        const expected = trace.spans.flatMap((one, row) =>
          wanted.isMet(one, placeOf(row)) ? [row] : [],
        );
        const at = trace.spans.map((_, row) => places.indexOf(placeOf(row)) - 1);
        const shown = { texts: places.slice(1), row: Int32Array.from(at) };
        assert.deepEqual(parseSpanFilter(wanted.typed).problems, [], wanted.typed);
        assert.deepEqual(filteredRows(trace, wanted.typed, shown), expected, wanted.typed);
      }),
      { numRuns: 200 },
    );
  }).timeout(60_000);

  it('finds the same with what is not understood between its conditions', () => {
    const { trace } = buildTrace(
      words.map((name, index) => makeSpan({ id: `${index}`, name, duration: index * 3_000 })),
    );
    const wrong = fc.constantFrom(
      '>100',
      'kind:servant',
      '( )',
      '-(> fast)',
      'http.code>x',
      'file:',
    );
    fc.assert(
      fc.property(
        fc.array(fc.tuple(term, wrong), { minLength: 1, maxLength: 4 }),
        or,
        (pairs, by) => {
          const asked = pairs.map(([{ typed }]) => typed).join(by);
          const typed = pairs.map(([one, other]) => `${one.typed} and ${other}`).join(by);
          assert.notDeepEqual(parseSpanFilter(typed).problems, []);
          assert.deepEqual(filteredRows(trace, typed), filteredRows(trace, asked), typed);
        },
      ),
    );
  });
});
