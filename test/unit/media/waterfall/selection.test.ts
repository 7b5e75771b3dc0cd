import assert from 'node:assert/strict';
import { refAt } from '../../../../src/core/waterfall/lineRefs.ts';
import { openedFrom, pageOf } from '../../../support/rowsText.ts';
import { trickyTraces } from '../../../support/trickyTraces.ts';

describe('the selection in the waterfall', () => {
  it('stays in its group while a filter leaves no row, and is what it was once there are rows', () => {
    const model = pageOf(openedFrom(trickyTraces.failingGroups));
    const head = Array.from({ length: model.lines.count }, (_, line) =>
      refAt(model.lines, line),
    ).find((ref) => ref !== undefined && ref.group >= 0);
    assert.ok(head);
    model.selectLine(head);
    const before = model.selected;
    model.setOnlyMatches(true);
    model.setFilter('service:nosuchservice');
    assert.equal(model.lines.count, 0);
    assert.equal(model.selected, head.row);
    model.setFilter('');
    assert.equal(model.selected, before);
  });
});
