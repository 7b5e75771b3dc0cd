import assert from 'node:assert/strict';

import { epochMicroseconds } from '../../../../../src/core/base/units.ts';
import type { SeenException } from '../../../../../src/core/correlate/exceptions/exceptions.ts';
import {
  exceptionSentence,
  exceptionsLens,
  exceptionTitle,
} from '../../../../../src/core/correlate/exceptions/exceptionText.ts';

const seen = (type: string, message: string, requests = 1): SeenException => ({
  id: type,
  type,
  message,
  place: undefined,
  handledBy: 'GET /orders',
  requests,
  latest: { traceId: '', spanId: '', label: '', start: epochMicroseconds(0) },
});

describe('an exception in words', () => {
  it('is its type and the first line of its message; of Prisma the line that says why', () => {
    assert.equal(
      exceptionTitle(seen('TypeError', 'a is undefined\nmore')),
      'TypeError: a is undefined',
    );
    assert.equal(exceptionTitle(seen('AbortError', '')), 'AbortError');
    const prisma =
      '\nInvalid `this.prisma.order.create()` invocation in\n/app/a.js:1:2\n\nUnique constraint failed';
    assert.equal(exceptionTitle(seen('P2002', prisma)), 'P2002: Unique constraint failed');
  });

  it('shows hostile text as text, cut', () => {
    const title = exceptionTitle(seen('E', `\u202e$(x)\u0000${'y'.repeat(5_000)}`));
    assert.ok(title.startsWith('E: [U+202E]$(x)␀y'));
    assert.ok(title.length < 150);
  });

  it('is counted above its line, with how many other types there are', () => {
    const all = [
      seen('TypeError', '', 1_200),
      seen('RangeError', '', 2),
      seen('A', ''),
      seen('B', ''),
    ];
    assert.equal(exceptionsLens(all.slice(0, 1)), '1,200 × TypeError');
    assert.equal(exceptionsLens(all), '1,200 × TypeError · 2 × RangeError +2');
  });

  it('says whether all traces or a sample was looked at', () => {
    const one = seen('TypeError', '', 10);
    assert.equal(
      exceptionSentence(one, { sampledTraces: 200, isWhole: false }),
      'Requests that recorded it, in a sample of 200 traces: 10.',
    );
    assert.equal(
      exceptionSentence(one, { sampledTraces: 20, isWhole: true }),
      'Requests that recorded it in this time range: 10.',
    );
  });
});
