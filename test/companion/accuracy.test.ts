import assert from 'node:assert/strict';

import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import {
  accuracyTable,
  callKinds,
  mapWithCommandLine,
  placesByCompanion,
  score,
  totals,
  withoutCode,
  type KindScore,
} from '../support/accuracy.ts';
import { callsBehind } from '../support/callTruth.ts';
import { callingApps, callRecordings, recordedCalls } from '../support/callingApps.ts';
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
        'HTTP call',
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

describe('the ladder against the companion, on recorded calls of every kind', function () {
  this.timeout(120_000);
  let scores: readonly KindScore[] = [];

  before(async () => {
    const spans = (await Promise.all(callRecordings.map(recordedCalls))).flat();
    const lines = await mapWithCommandLine(withoutCode(spans), callingApps);
    scores = score(spans, lines, placesByCompanion(spans, callingApps));
    console.log(accuracyTable(scores));
  });

  for (const kind of callKinds)
    it(`is never wrong where it is sure: ${kind}`, () => {
      const ofKind = scores.filter((one) => one.kind === kind);
      assert.ok(totals(ofKind).spans > 15);
      assert.equal(totals(ofKind).surelyWrong, 0);
    });

  for (const kind of callKinds)
    it(`maps at least 95 of 100 spans right: ${kind}`, () => {
      assert.ok(totals(scores.filter((one) => one.kind === kind)).share >= 0.95);
    });

  it('maps at least 95 of 100 spans right, of all kinds together', () => {
    assert.ok(totals(scores).share >= 0.95);
  });
});
