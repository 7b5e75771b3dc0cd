import assert from 'node:assert/strict';

import type { StartedSpan } from '../../../instrumentation/src/openTelemetry.ts';
import { keepParent, upFrom } from '../../../instrumentation/src/spanTree.ts';

const span = (name: string): StartedSpan => ({
  name,
  isRecording: () => true,
  setAttributes: () => undefined,
});

describe('the way up from a span', () => {
  it('goes through its parents, the nearest first', () => {
    const [request, handler, step] = [span('request'), span('handler'), span('step')];
    keepParent(handler, request);
    keepParent(step, handler);
    assert.deepEqual(
      [...upFrom(step)].map(({ name }) => name),
      ['step', 'handler', 'request'],
    );
  });

  it('is not kept for spans of Prisma, in which no handler runs', () => {
    const query = span('prisma:client:operation');
    keepParent(query, span('handler'));
    assert.deepEqual([...upFrom(query)], [query]);
  });

  it('ends after some hundred', () => {
    const loop = Array.from({ length: 2_000 }, (_, turn) => span(`turn ${String(turn)}`));
    for (const [turn, one] of loop.entries()) keepParent(one, loop[turn - 1]);
    assert.equal([...upFrom(loop.at(-1)!)].length, 300);
  });

  it('leads also from spans that nothing can be added to', () => {
    const [request, handler] = [span('request'), Object.freeze(span('handler'))];
    keepParent(handler, request);
    assert.deepEqual([...upFrom(handler)], [handler, request]);
  });
});
