import assert from 'node:assert/strict';
import fc from 'fast-check';
import { searchFields } from '../../../../src/host/targets.ts';
import {
  epochMicroseconds,
  fromMilliseconds,
  fromSeconds,
  microseconds,
} from '../../../../src/core/base/units.ts';
import {
  fieldValue,
  formSummary,
  hiddenFields,
  parseDuration,
  parseDurationRange,
  shownFields,
  shownName,
  type SearchForm,
} from '../../../../src/host/traces/searchQuery.ts';
import {
  spokenTrace,
  traceChoices,
  traceDescription,
  traceDetails,
  traceTitle,
} from '../../../../src/host/traces/traceText.ts';

const anyTrace: SearchForm = {
  service: undefined,
  operation: undefined,
  attributes: [],
  minDuration: undefined,
  maxDuration: undefined,
  traceDuration: undefined,
  errorsOnly: false,
  order: 'newest',
  windowMinutes: 60,
};

describe('a length of time as typed', () => {
  it('is read in its unit; a bare number is milliseconds', () => {
    const lengths = {
      '250ms': 250_000,
      '1.2 s': 1_200_000,
      '500us': 500,
      '3 µs': 3, // the sign of the micro
      '3 μs': 3, // the Greek letter
      '2m': 120_000_000,
      '1,5s': 1_500_000,
      '1,000 ms': 1_000_000,
      '80': 80_000,
      '1 m 30 s': 90_000_000,
      '1 h 2 min 5.5 s': 3_725_500_000,
    };
    for (const [text, length] of Object.entries(lengths))
      assert.equal(parseDuration(text), length, text);
  });

  it('is refused when it is none', () => {
    for (const text of ['', 'fast', '-3ms', '1 parsec', '1e9s', 'ms', '1 s 2', '1.2.3 s', '80 90'])
      assert.equal(parseDuration(text), undefined, text);
  });

  it('reads back what the form shows, to the microsecond', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e11 }), (length) => {
        const form = { ...anyTrace, minDuration: microseconds(length) };
        assert.equal(parseDuration(fieldValue(form, 'minDuration')), length);
      }),
    );
  });

  it('reads back a range that the form shows, and no range that is none', () => {
    const length = fc.integer({ min: 0, max: 1e11 });
    fc.assert(
      fc.property(length, length, (one, other) => {
        fc.pre(one !== other);
        const from = microseconds(Math.min(one, other));
        const to = microseconds(Math.max(one, other));
        const form = { ...anyTrace, traceDuration: { from, to } };
        assert.deepEqual(parseDurationRange(fieldValue(form, 'traceDuration')), { from, to });
      }),
    );
    assert.deepEqual(parseDurationRange('1.5s-2 s'), { from: 1_500_000, to: 2_000_000 });
    for (const text of ['', '100ms', '200ms - 100ms', '1ms - 1ms', '1ms - 2ms - 3ms', 'a - b'])
      assert.equal(parseDurationRange(text), undefined, text);
  });
});

describe('a trace in a list', () => {
  const summary = {
    traceId: '4bf92f3577b34da6a3ce929d0e0e4736',
    rootService: 'shop-api',
    rootOperation: 'DELETE /orders/:id',
    start: epochMicroseconds(0),
    duration: fromSeconds(2.45),
    spanCount: 1_214,
    errorCount: 2,
    services: ['shop-api'],
    matched: fromSeconds(2.4),
  };

  it('says spans, errors and age', () => {
    const now = epochMicroseconds(fromSeconds(180));
    assert.equal(traceDescription(summary, now), '1,214 spans · 2 with errors · 3 min ago');
    assert.equal(
      spokenTrace(summary, now),
      'DELETE /orders/:id, shop-api, 2.45 s, 1,214 spans · 2 with errors · 3 min ago',
    );
  });

  it('is named by its root, by the time of the span asked for, or by its id', () => {
    assert.equal(traceTitle(summary, 'root'), 'DELETE /orders/:id');
    assert.equal(traceTitle(summary, 'matched'), '2.4 s');
    assert.equal(traceTitle({ ...summary, rootOperation: '' }, 'root'), '4bf92f35');
  });

  it('says its exact duration in the tooltip', () => {
    const exact = { ...summary, duration: microseconds(326_418) };
    assert.ok(traceDetails(exact).includes('Duration: 326.418 ms'));
  });

  it('among others of its endpoint says only what differs', () => {
    const now = epochMicroseconds(fromSeconds(180));
    const other = {
      ...summary,
      traceId: '00f067aa0ba902b7',
      errorCount: 0,
      matched: microseconds(9_014),
    };
    assert.deepEqual(
      traceChoices([summary, other], now).map(({ label, description, detail }) => [
        label,
        description,
        detail,
      ]),
      [
        ['2.4 s', '1,214 spans · 2 with errors · 3 min ago · 4bf92f35', undefined],
        ['9.01 ms', '1,214 spans · 3 min ago · 00f067aa', undefined],
      ],
    );
    const elsewhere = { ...other, rootOperation: 'POST /checkout' };
    assert.deepEqual(
      traceChoices([summary, elsewhere], now).map(({ detail }) => detail),
      ['DELETE /orders/:id', 'POST /checkout'],
    );
    const [only] = traceChoices([summary], now, true);
    assert.equal(only?.detail, 'DELETE /orders/:id');
  });

  it('is looked for by names that fit one line, whatever is in them', () => {
    assert.equal(shownName('a\u202eb\nc'), 'a[U+202E]b␊c');
    assert.equal(shownName('x'.repeat(1_000_000)).length, 120);
  });

  it('has a search form that says what is asked', () => {
    const form: SearchForm = {
      service: '\u202eshop',
      operation: undefined,
      attributes: [
        { key: 'http.route', value: '/a' },
        { key: 'tier', value: 'not\u202egold' },
      ],
      minDuration: fromMilliseconds(250),
      maxDuration: fromMilliseconds(2_000),
      traceDuration: { from: fromMilliseconds(1_000), to: fromMilliseconds(1_500) },
      errorsOnly: true,
      order: 'slowest',
      windowMinutes: 60,
    };
    assert.deepEqual(
      searchFields.map((field) => fieldValue(form, field)),
      [
        '[U+202E]shop',
        'any',
        'http.route=/a tier=not[U+202E]gold',
        '250 ms',
        '2 s',
        '1 s – 1.5 s',
        'yes',
        'slowest first',
        'Last hour',
      ],
    );
    assert.equal(
      formSummary(form),
      '[U+202E]shop · http.route=/a tier=not[U+202E]gold · ≥ 250 ms · ≤ 2 s · 1 s – 1.5 s · Errors only · slowest first · Last hour',
    );
    assert.equal(formSummary(anyTrace), 'Last hour');
    assert.deepEqual(shownFields(form), searchFields);
    assert.deepEqual(shownFields(anyTrace), [
      'service',
      'operation',
      'errorsOnly',
      'order',
      'window',
    ]);
    assert.deepEqual(hiddenFields(anyTrace), [
      'attributes',
      'minDuration',
      'maxDuration',
      'traceDuration',
    ]);
    assert.deepEqual(
      searchFields.map((field) => fieldValue(anyTrace, field)),
      ['any', 'any', 'any', 'none', 'none', 'any', 'no', 'latest first', 'Last hour'],
    );
  });
});
