import assert from 'node:assert/strict';
import { epochMicroseconds } from '../../../src/core/base/units.ts';
import { attributesOfTrace } from '../../../src/engine/attributesOfTrace.ts';
import { rowsWithAttribute } from '../../../src/engine/rowsWithAttribute.ts';
import type { RawSpan } from '../../../src/core/trace/rawSpan.ts';
import { makeSpan } from '../../support/span.ts';

const spans = [
  makeSpan({ id: 'a', attributes: { 'http.route': '/orders', 'http.status_code': 200 } }),
  {
    ...makeSpan({
      id: 'b',
      service: 'billing',
      events: [
        {
          name: 'exception',
          time: epochMicroseconds(0),
          attributes: [{ key: 'exception.type', value: 'LockTimeoutError' }],
        },
      ],
    }),
    statusMessage: 'no such row',
  },
  makeSpan({ id: 'c', attributes: { 'HTTP.Route': '/orders/7' } }),
];
const never = new AbortController().signal;
/** The same before and after the attributes were counted, and indexed with that. */
const rows = async (key: string, value: string) => {
  const found = async (of: readonly RawSpan[]) => {
    const { marks, isKnown } = await rowsWithAttribute(of, { key, comparison: '=', value }, never);
    return { rows: [...marks.keys()].filter((row) => marks[row] === 1), isKnown };
  };
  const [unseen, counted] = [[...spans], [...spans]];
  await attributesOfTrace(counted, never);
  const answer = await found(unseen);
  assert.deepEqual(await found(counted), answer);
  return answer;
};

describe('rows with an attribute', () => {
  it('are found by attributes of the span, its events and its resource', async () => {
    assert.deepEqual(await rows('http.route', '/ORDERS'), { rows: [0], isKnown: true });
    assert.deepEqual(await rows('http.route', '/orders*'), { rows: [0, 2], isKnown: true });
    assert.deepEqual(await rows('http.status_code', '200'), { rows: [0], isKnown: true });
    assert.deepEqual(await rows('exception.type', '*timeout*'), { rows: [1], isKnown: true });
    assert.deepEqual(await rows('service.name', 'billing'), { rows: [1], isKnown: true });
  });

  it('are found by a part of any value, a span ID, a status message or the name of an event', async () => {
    assert.deepEqual(await rows('*', '*Orders/*'), { rows: [2], isKnown: true });
    assert.deepEqual(await rows('*', '*(orders)*'), { rows: [], isKnown: true });
    assert.deepEqual(await rows('*', '*such row*'), { rows: [1], isKnown: true });
    assert.deepEqual(await rows('*', spans[2]!.spanId), { rows: [2], isKnown: true });
    assert.deepEqual(await rows('span_id', spans[0]!.spanId), { rows: [0], isKnown: true });
    assert.deepEqual(await rows('event', 'Exception'), { rows: [1], isKnown: true });
    assert.deepEqual(await rows('*.status_code', '200'), { rows: [0], isKnown: true });
  });

  it('are none, and the attribute is known or not', async () => {
    assert.deepEqual(await rows('http.route', '/carts'), { rows: [], isKnown: true });
    assert.deepEqual(await rows('http.rout', '/orders'), { rows: [], isKnown: false });
  });

  it('are not looked for once nobody wants them', async () => {
    const condition = { key: 'http.route', comparison: '=', value: '*' } as const;
    await assert.rejects(rowsWithAttribute(spans, condition, AbortSignal.abort()), {
      name: 'AbortError',
    });
  });
});
