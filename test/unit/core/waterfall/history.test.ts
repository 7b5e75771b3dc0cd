import fc from 'fast-check';
import assert from 'node:assert/strict';
import { changed, redone, startHistory, undone } from '../../../../src/core/waterfall/history.ts';

describe('history', () => {
  it('undoes and redoes step by step, and stays at its ends', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(), { maxLength: 60 }), (states) => {
        let history = startHistory(-1);
        for (const state of states) history = changed(history, state);
        for (const state of [-1, ...states].slice(0, -1).toReversed()) {
          history = undone(history);
          assert.equal(history.present, state);
        }
        assert.equal(undone(history), history);
        for (const state of states) {
          history = redone(history);
          assert.equal(history.present, state);
        }
        assert.equal(redone(history), history);
      }),
    );
  });

  it('takes what is typed or dragged as one step', () => {
    let history = startHistory('');
    for (const text of ['o', 'or', 'ord']) history = changed(history, text, 'filter');
    assert.equal(undone(history).present, '');
    history = changed(changed(history, 'folded'), 'order', 'filter');
    assert.equal(undone(history).present, 'folded');
  });

  it('forgets what was undone once something else is done, and all but the last hundred steps', () => {
    let history = startHistory(0);
    for (let step = 1; step <= 150; step++) history = changed(history, step);
    assert.equal(history.past.length, 100);
    assert.equal(redone(changed(undone(history), 7)).present, 7);
  });
});
