import assert from 'node:assert/strict';
import { epochMicroseconds, microseconds } from '../../../../../src/core/base/units.ts';
import { spanJson } from '../../../../../src/core/trace/export/spanJson.ts';
import { assertGolden } from '../../../../support/goldenText.ts';
import { makeSpan } from '../../../../support/span.ts';
import { exportedSpan } from './exportedSpan.ts';

describe('a span as JSON', () => {
  it('says what it is in dates and milliseconds', () => {
    const text = JSON.stringify(spanJson(exportedSpan), undefined, 2);
    assertGolden(new URL('spanJson.golden.txt', import.meta.url), text);
  });

  it('has each key once, whatever it is called, and no parts without content', () => {
    const span = {
      ...makeSpan({ id: '00000000000000a1', start: 1_000_000, duration: 5 }),
      attributes: [
        { key: 'a', value: 0 },
        { key: 'a', value: 2 },
        { key: '__proto__', value: 'x' },
      ],
    };
    assert.equal(
      JSON.stringify(spanJson(span)),
      '{"traceId":"0af7651916cd43dd8448eb211c80319c","spanId":"00000000000000a1","name":"00000000000000a1","service":"shop-api",' +
        '"kind":"internal","start":"1970-01-01T00:00:01.000Z","durationMs":0.005,"status":"unset","attributes":{"a":0,"__proto__":"x"}}',
    );
  });

  it('has no length while it has not ended, and a time that no date can be as it is', () => {
    const json = spanJson({
      ...exportedSpan,
      start: epochMicroseconds(9e18),
      duration: microseconds(0),
      unended: true,
    });
    assert.ok(!('durationMs' in json));
    assert.equal((json as { start: unknown }).start, '9000000000000000000 µs');
  });
});
