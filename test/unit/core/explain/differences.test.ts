import assert from 'node:assert/strict';

import { microseconds } from '../../../../src/core/base/units.ts';
import { CostTreeBuilder } from '../../../../src/core/explain/costTree.ts';
import { differences, differenceText } from '../../../../src/core/explain/differences.ts';
import { explain } from '../../../../src/core/explain/explanation.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { noLoops } from '../../../support/noLoops.ts';
import { makeSpan } from '../../../support/span.ts';

interface Request {
  readonly calls: number;
  readonly attributes?: Readonly<Record<string, string>>;
}

/** Each call takes 100 µs; requests of ten calls or more are slow. */
function differencesOf(requests: readonly Request[]): readonly string[] {
  const tree = new CostTreeBuilder();
  for (const { calls, attributes = {} } of requests) {
    const { trace } = buildTrace([
      makeSpan({ id: 'root', duration: calls * 100, attributes }),
      ...Array.from({ length: calls }, (_, at) =>
        makeSpan({
          id: `call${at}`,
          parent: 'root',
          name: 'rates',
          start: at * 100,
          duration: 100,
        }),
      ),
    ]);
    const unmapped = { confidence: 'unmapped', cause: 'noCode', reason: '' };
    tree.add({ trace, matches: trace.spans.map(() => unmapped as never) }, 0);
  }
  const slowFrom = microseconds(1_000);
  const explanation = explain(tree, { slowFrom, loops: noLoops })!;
  return differences(tree, explanation.root, slowFrom).map(differenceText);
}

const times = (count: number, request: Request) => Array.from({ length: count }, () => request);

describe('what slow requests have and others do not', () => {
  it('is how often they call', () => {
    assert.deepEqual(differencesOf([...times(5, { calls: 4 }), { calls: 31 }]), [
      'Slow requests: 31 × rates, usually 4',
    ]);
    assert.deepEqual(differencesOf([...times(5, { calls: 9 }), { calls: 10 }]), []);
  });

  it('is an attribute that most of them have and few of the others', () => {
    const tenant = (name: string) => ({ tenant: name, route: '/orders/:id' });
    const usual = times(9, { calls: 9, attributes: tenant('small') });
    const slow = times(3, { calls: 10, attributes: tenant('large') });
    assert.deepEqual(differencesOf([...usual, ...slow]), [
      'Slow requests: tenant=large (3 of 3; others: 0 of 9)',
    ]);
  });

  it('is nothing of attributes where few requests were read', () => {
    const slow = times(2, { calls: 10, attributes: { tenant: 'large' } });
    assert.deepEqual(differencesOf([...times(9, { calls: 9 }), ...slow]), []);
    const three = times(3, { calls: 10, attributes: { tenant: 'large' } });
    assert.deepEqual(differencesOf([...times(4, { calls: 9 }), ...three]), []);
  });
});
