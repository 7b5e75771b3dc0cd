import assert from 'node:assert/strict';
import { isRowTarget, RowClicks } from '../../../src/host/rowOpening.ts';
import type { RowTarget } from '../../../src/host/targets.ts';

const trace: RowTarget = { traceId: 'a' };
const span: RowTarget = { traceId: 'a', spanId: '1', label: 'GET' };
const endpoint: RowTarget = {
  endpointId: 'handler 1',
  title: 'GET /orders',
  location: undefined,
  slowestTraceId: undefined,
  reason: '',
};

describe('a click on a row', () => {
  for (const row of [trace, span, endpoint])
    it('looks, and the second one in the time of a double click goes there', () => {
      const clicks = new RowClicks();
      assert.equal(clicks.mannerOf(row, 0, false), 'look');
      assert.equal(clicks.mannerOf({ ...row }, 300, false), 'keep');
      assert.equal(clicks.mannerOf(row, 400, false), 'look');
      assert.equal(clicks.mannerOf(row, 1_000, false), 'look');
    });

  it('on another row looks, however soon it comes', () => {
    const clicks = new RowClicks();
    for (const row of [trace, span, endpoint]) assert.equal(clicks.mannerOf(row, 0, false), 'look');
  });

  it('goes there where lists open by a double click: it is the only one told of', () => {
    assert.equal(new RowClicks().mannerOf(trace, 0, true), 'keep');
  });
});

describe('the rows that Enter opens', () => {
  it('are those that lead to a line, a trace or a span', () => {
    for (const row of [trace, span, endpoint]) assert.ok(isRowTarget(row));
    for (const row of [{ kind: 'service', service: 'a' }, { kind: 'field' }, {}])
      assert.ok(!isRowTarget(row));
  });
});
