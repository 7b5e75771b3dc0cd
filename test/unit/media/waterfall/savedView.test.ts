import assert from 'node:assert/strict';
import { restoreView, savedView, showAgain } from '../../../../media/waterfall/savedView.ts';
import { spanRow } from '../../../../src/core/base/units.ts';
import { readSavedState } from '../../../../src/protocol/savedState.ts';
import { openedFrom, pageOf } from '../../../support/rowsText.ts';
import { makeSpan } from '../../../support/span.ts';

/** Two calls of one id, rows 1 and 3, that two services made, each with a query below it. */
const spans = [
  makeSpan({ id: 'a', name: 'request', duration: 100 }),
  ...['shop', 'edge'].flatMap((service, index) => {
    const start = index * 50;
    return [
      makeSpan({ id: 'b', parent: 'a', name: 'call', service, start, duration: 20 }),
      makeSpan({ id: `c${service}`, parent: 'b', name: 'query', service, start, duration: 5 }),
    ];
  }),
];
const doubled = openedFrom(spans);
const second = { row: spanRow(3), group: -1 };

describe('the view that a page keeps', () => {
  it('is of the same rows again where spans share an id', () => {
    const page = pageOf(doubled);
    assert.deepEqual([...doubled.shape.columns.subtreeSize], [5, 2, 1, 2, 1]);
    page.setFold(second, true);
    page.selectLine(second);
    const kept = readSavedState(JSON.parse(JSON.stringify(savedView(page))));
    const again = pageOf(doubled);
    restoreView(again, kept!);
    assert.deepEqual([...again.viewState.folds], [...page.viewState.folds]);
    assert.deepEqual(again.selection, second);
    assert.deepEqual(savedView(again), savedView(page));
  });

  it('has the same spans marked in a trace that grew', () => {
    const page = pageOf(doubled);
    page.setMarks([second.row], 'calls of edge');
    const late = makeSpan({ id: 'd', parent: 'a', name: 'late', start: 90, duration: 5 });
    showAgain(page, openedFrom([...spans, late]));
    assert.deepEqual([...page.matches!], [0, 0, 0, 1, 0, 0]);
  });
});
