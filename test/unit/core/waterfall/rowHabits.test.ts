import fc from 'fast-check';
import assert from 'node:assert/strict';
import {
  habitsOf,
  isSameHabit,
  kindOf,
  readHabits,
  usualHabits,
  withHabits,
} from '../../../../src/core/waterfall/rowHabits.ts';
import { openingView } from '../../../../src/core/waterfall/viewState.ts';
import { traceFromOutline } from '../../../support/shapes.ts';
import { outlineOf } from '../../../support/viewStates.ts';

const trace = traceFromOutline('GET /orders\n  call\n    prisma:engine:query\n');

describe('habits of rows', () => {
  it('open the next trace as the last one of its kind was left', () => {
    const habits = { isGrouped: false, foldBase: 'none', shortest: 0 } as const;
    const view = withHabits(openingView(trace), trace, habits);
    assert.equal(outlineOf(trace, view).length, 3);
    assert.ok(isSameHabit(habitsOf(view), habits));
    assert.equal(outlineOf(trace, withHabits(view, trace, usualHabits)).length, 2);
  });

  it('are of traces whose root has one service and name', () => {
    assert.equal(kindOf(trace), 'shop-api\nGET /orders');
  });

  it('are the usual ones where what was kept is none', () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        const { shortest, foldBase } = readHabits(value);
        assert.ok(shortest >= 0 && ['opening', 'none', 'all'].includes(foldBase));
      }),
    );
    assert.deepEqual(readHabits(undefined), usualHabits);
  });
});
