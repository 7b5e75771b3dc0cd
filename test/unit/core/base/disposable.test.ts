import assert from 'node:assert/strict';
import { DisposableStore, disposable } from '../../../../src/core/base/disposable.ts';
it('a store disposes last first', () => {
  const order: number[] = [];
  const store = new DisposableStore();
  store.add(disposable(() => order.push(1)));
  store.add(disposable(() => order.push(2)));
  store.dispose();
  assert.deepEqual(order, [2, 1]);
});
