import assert from 'node:assert/strict';

import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import {
  accuracyTable,
  mapWithCommandLine,
  placesByCompanion,
  score,
  totals,
  withoutCode,
  type KindScore,
} from '../support/accuracy.ts';
import { callsBehind } from '../support/callTruth.ts';
import { shopSpansWithCode } from '../support/companion.ts';
import { installShop, shopFolder } from '../support/shop.ts';

describe('the ladder against the companion, on samples/shop', function () {
  this.timeout(180_000);
  let scores: readonly KindScore[] = [];
  let spans: readonly RawSpan[] = [];

  before(async () => {
    await installShop();
    spans = await shopSpansWithCode({ seed: 11, rate: 6, seconds: 8 });
    const lines = await mapWithCommandLine(withoutCode(spans), shopFolder);
    scores = score(spans, lines, placesByCompanion(spans, shopFolder));
    console.log(accuracyTable(scores));
    for (const { kind, misses } of scores)
      for (const miss of misses.slice(0, 10)) console.log(`${kind}: ${miss}`);
  });

  it('is judged on every kind of span that code makes', () => {
    assert.deepEqual(
      scores.map(({ kind }) => kind),
      [
        'Express handler',
        'HTTP server',
        'NestJS handler',
        'NestJS request',
        'Prisma $transaction',
        'Prisma operation',
        'inside a Prisma call',
      ],
    );
    assert.ok(totals(scores).spans > 3_000);
  });

  it('is judged by the call that asked for a query, which hangs below others too', () => {
    const callsOf = callsBehind(spans);
    const asked = spans.filter(({ attributes }) =>
      attributes.some(({ key }) => key === 'test.asked'),
    );
    const moved = asked.filter((span) =>
      callsOf(span)?.every((call) => call.spanId !== span.parentSpanId),
    );
    assert.ok(asked.length > 1_000);
    assert.ok(moved.length > 20);
  });

  it('is never wrong where it is sure', () => {
    assert.equal(totals(scores).surelyWrong, 0);
  });

  it('maps at least 95 of 100 spans right', () => {
    assert.ok(totals(scores).share >= 0.95);
  });
});
