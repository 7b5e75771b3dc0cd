import { equal, notEqual } from 'node:assert/strict';
import { Whereabouts } from '../../../src/engine/whereabouts.ts';

describe('Whereabouts', () => {
  it('tells another thread at which file one is, and that it gets on', () => {
    const own = new Whereabouts();
    const other = new Whereabouts(own.memory);
    equal(other.file, undefined);
    const before = other.progress;
    own.begin('/ws/주문/orders.ts');
    equal(other.file, '/ws/주문/orders.ts');
    notEqual(other.progress, before);
    const began = other.progress;
    own.within('/ws/a.ts');
    equal(other.file, '/ws/a.ts');
    equal(other.progress, began);
    own.leave();
    equal(other.file, undefined);
    notEqual(other.progress, began);
  });

  it('cuts a path that is too long', () => {
    const own = new Whereabouts();
    own.begin(`/ws/${'가'.repeat(5_000)}`);
    equal(own.file?.startsWith('/ws/가'), true);
  });
});
