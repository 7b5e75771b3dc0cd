import assert from 'node:assert/strict';
import { epochMicroseconds } from '../../../src/core/base/units.ts';
import { rowsWithAttribute } from '../../../src/engine/rowsWithAttribute.ts';
import { makeSpan } from '../../support/span.ts';

const spans = [
  makeSpan({ id: 'a', attributes: { 'http.route': '/orders', 'http.status_code': 200 } }),
  makeSpan({
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
  makeSpan({ id: 'c', attributes: { 'HTTP.Route': '/orders/7' } }),
];
const never = new AbortController().signal;
const rows = async (key: string, value: string) =>
  rowsWithAttribute(spans, { key, comparison: '=', value }, never);

describe('rows with an attribute', () => {
  it('are found by attributes of the span, its events and its resource', async () => {
    assert.deepEqual(await rows('http.route', '/ORDERS'), { rows: [0], isKnown: true });
    assert.deepEqual(await rows('http.route', '/orders*'), { rows: [0, 2], isKnown: true });
    assert.deepEqual(await rows('http.status_code', '200'), { rows: [0], isKnown: true });
    assert.deepEqual(await rows('exception.type', '*timeout*'), { rows: [1], isKnown: true });
    assert.deepEqual(await rows('service.name', 'billing'), { rows: [1], isKnown: true });
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
