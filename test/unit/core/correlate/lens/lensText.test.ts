import assert from 'node:assert/strict';
import {
  epochFromMilliseconds,
  epochMicroseconds,
  fromMilliseconds,
  fromMinutes,
  fromSeconds,
  microseconds,
} from '../../../../../src/core/base/units.ts';
import {
  basisSentences,
  callSiteSentence,
} from '../../../../../src/core/correlate/lens/basisText.ts';
import type { HandlerCosts } from '../../../../../src/core/explain/handlerCosts.ts';
import type { Figures } from '../../../../../src/core/correlate/figures/figures.ts';
import {
  costLens,
  handlerLens,
  type LensSettings,
} from '../../../../../src/core/correlate/lens/lensText.ts';
import { inKorean } from '../../../../support/korean.ts';

const figures: Figures = {
  count: 1_204,
  errors: 5,
  p50: fromMilliseconds(12),
  p95: fromMilliseconds(340),
  p99: fromMilliseconds(900),
  max: fromSeconds(2),
  total: fromSeconds(60),
  window: { start: epochMicroseconds(0), end: epochMicroseconds(fromMinutes(60)) },
  source: 'Local traces',
  basis: 'complete',
  sampledTraces: undefined,
  fetchedAt: epochMicroseconds(0),
  layer: 'server',
  slowestTraceId: undefined,
};
const settings: LensSettings = {
  mode: 'full',
  slow: fromMilliseconds(500),
  whenNoTraces: 'nothing',
  windowMinutes: 60,
  staleFor: undefined,
};

const healthy: Figures = { ...figures, errors: 0 };
const slow: Figures = { ...healthy, p95: fromMilliseconds(500) };

describe('the line above a handler', () => {
  const text = (of: Figures | undefined, how = settings) => handlerLens(of, how)?.text;

  it('says median, p95, count and window of a healthy one, and no word of errors', () => {
    assert.deepEqual(handlerLens(healthy, settings), {
      text: 'p50 12 ms · p95 340 ms · 1,204 in 1 h',
      mark: undefined,
    });
  });

  it('of a failing one has a mark and the share of errors', () => {
    assert.deepEqual(handlerLens(figures, settings), {
      text: 'p50 12 ms · p95 340 ms · 0.4% errors · 1,204 in 1 h',
      mark: 'failing',
    });
    assert.match(text({ ...figures, count: 100_000, errors: 1 }) ?? '', / · <0\.1% errors · /);
  });

  it('of a slow one has a mark and a word', () => {
    assert.deepEqual(handlerLens(slow, settings), {
      text: 'slow · p50 12 ms · p95 500 ms · 1,204 in 1 h',
      mark: 'slow',
    });
  });

  it('of a slow and failing one has both words and the mark of the worse', () => {
    assert.deepEqual(handlerLens({ ...slow, errors: 1_204 }, settings), {
      text: 'slow · p50 12 ms · p95 500 ms · 100% errors · 1,204 in 1 h',
      mark: 'failing',
    });
  });

  it('has beside it what most of the time goes to, where the handler takes a while', () => {
    const costs = (symbol: string, calls: number) =>
      ({
        requests: 9,
        places: [],
        dominant: { share: 0.86, symbol, callsPerRequest: { slow: calls, usual: 4 } } as never,
      }) satisfies HandlerCosts;
    const textOf = (of: Figures, known: HandlerCosts) => costLens(of, known, settings);
    assert.equal(
      textOf(slow, costs('GET tax.local/rates/*', 22)),
      '86% in 22 × GET tax.local/rates/*',
    );
    assert.equal(
      textOf(healthy, costs('order.findMany in OrdersService.list', 1)),
      '86% of the time in order.findMany in OrdersService.list',
    );
    const quick = { ...healthy, p95: fromMilliseconds(30) };
    assert.equal(textOf(quick, costs('GET a', 1)), undefined);
    const hostile = textOf(slow, costs(`a\n\u202e${'x'.repeat(500)}`, 2)) ?? '';
    assert.ok(hostile.length < 200 && !/[\n\u202e]/.test(hostile), hostile);
  });

  it('is off by a unit for no length: microseconds, fractions and minutes read as sent', () => {
    const of = (p50: number, p95: number) =>
      text({ ...healthy, p50: microseconds(p50), p95: microseconds(p95) });
    assert.equal(of(3, 257_800), 'p50 3 µs · p95 258 ms · 1,204 in 1 h');
    assert.equal(of(250_000, 120_000_000), 'slow · p50 250 ms · p95 2 min · 1,204 in 1 h');
  });

  it('is missing without traces, or one quiet line where the setting asks for it', () => {
    assert.equal(text(undefined), undefined);
    const quiet: LensSettings = { ...settings, whenNoTraces: 'quiet' };
    assert.deepEqual(handlerLens(undefined, quiet), { text: 'no traces in 1 h', mark: undefined });
    assert.equal(text({ ...figures, count: 0 }, quiet), 'no traces in 1 h');
  });

  it('appears for slow handlers only in the mode slowOnly', () => {
    const slowOnly: LensSettings = { ...settings, mode: 'slowOnly', whenNoTraces: 'quiet' };
    assert.equal(text(figures, slowOnly), undefined);
    assert.equal(text(undefined, slowOnly), undefined);
    assert.ok(text(slow, slowOnly)?.includes('p95 500 ms'));
  });

  it('is missing in the modes hoverOnly and off', () => {
    for (const mode of ['hoverOnly', 'off'] as const)
      assert.equal(text(figures, { ...settings, mode }), undefined);
  });

  it('says how old the figures are when they could not be read again', () => {
    assert.equal(
      text(healthy, { ...settings, staleFor: fromMinutes(3) }),
      'p50 12 ms · p95 340 ms · 1,204 in 1 h · 3 min ago',
    );
  });

  it('says what is an estimate, a sample or counted with other spans, and nothing that is not known', () => {
    const sampled: Figures = {
      ...slow,
      errors: undefined,
      errorSample: { count: 2, of: 500, share: 0.004 },
      estimates: { p95: { low: fromMilliseconds(400), high: fromMilliseconds(800) } },
      mixedKinds: ['client', 'server'],
    };
    assert.deepEqual(handlerLens(sampled, settings), {
      text: 'slow · p50 12 ms · p95 ≈500 ms · 0.4% errors in a sample of 500 · 1,204 in 1 h · counts client + server spans',
      mark: 'failing',
    });
    const unknown = { ...healthy, errors: undefined, p50: undefined, p95: undefined };
    assert.deepEqual(handlerLens(unknown, settings), { text: '1,204 in 1 h', mark: undefined });
    assert.equal(text(unknown, { ...settings, mode: 'slowOnly' }), undefined);
  });

  describe('in Korean', () => {
    inKorean();

    it('reads as Korean', () => {
      assert.equal(
        text({ ...slow, errors: 5 }),
        '느림 · p50 12 ms · p95 500 ms · 오류 0.4% · 최근 1시간 1,204건',
      );
      const quiet: LensSettings = { ...settings, whenNoTraces: 'quiet' };
      assert.equal(text(undefined, quiet), '최근 1시간 트레이스 없음');
    });
  });
});

describe('the basis of figures', () => {
  const now = epochMicroseconds(fromSeconds(12.7));

  it('says that every request is counted, where, and how old the figures are', () => {
    assert.deepEqual(basisSentences(figures, now), [
      'Source: Local traces. Based on every request (1,204).',
      'Measured on the HTTP server span; only 5xx responses count as errors.',
      'Updated 12 s ago.',
    ]);
  });

  it('names the time of day where the text stays on the screen', () => {
    const noon = new Date(2026, 10, 22, 12, 5, 9).getTime();
    const read = { ...figures, fetchedAt: epochFromMilliseconds(noon) };
    assert.equal(basisSentences(read).at(-1), 'Updated at 12:05:09.');
  });

  it('says that a sample is one and how large', () => {
    const sampled: Figures = { ...figures, basis: 'sampled', sampledTraces: 200, layer: 'nest' };
    assert.deepEqual(basisSentences(sampled, now).slice(0, 2), [
      'Source: Local traces. Based on a sample of 200 traces with 1,204 requests.',
      'Measured on the NestJS request span because no server span has this route; 4xx responses count as errors too.',
    ]);
  });

  it('says which figures are estimates, samples, mixed or missing', () => {
    const sample = { count: 2, of: 500, share: 0.004 };
    const range = { low: fromMilliseconds(100), high: fromMilliseconds(400) };
    const told = { ...figures, errors: undefined, estimates: { p95: range } };
    const extra = (of: Figures) => basisSentences(of, now).slice(2, -1);
    assert.deepEqual(extra({ ...told, errorSample: sample, mixedKinds: ['client', 'server'] }), [
      'Spans of several kinds have this name and are counted together: client, server.',
      'Errors are based on a sample of 500 requests.',
      'Estimated: p95 (100 ms to 400 ms).',
    ]);
    assert.equal(extra(told)[0], "Errors aren't available from this source.");
    assert.equal(
      extra({ ...told, errorSample: { ...sample, count: 0, share: 0 } })[0],
      'No errors in a sample of 500 requests.',
    );
  });

  it('says what the figures of a call site rest on', () => {
    assert.equal(
      callSiteSentence({ sampledTraces: 200, requests: 12, confidence: 'likely' }),
      'Based on a sample of 200 traces with 12 requests that ran this line. Mapping: likely.',
    );
  });
});
