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

  it('ends after some hundred, so that a loop of spans below each other can be forgotten', () => {
    const loop = Array.from({ length: 2_000 }, (_, turn) => span(`turn ${String(turn)}`));
    for (const [turn, one] of loop.entries()) keepParent(one, loop[turn - 1]);
    const ways = loop.map((one) => [...upFrom(one)].length);
    assert.ok(Math.max(...ways) <= 301, String(Math.max(...ways)));
    assert.deepEqual([...upFrom(loop[200]!)].map(({ name }) => name).slice(0, 3), [
      'turn 200',
      'turn 199',
      'turn 198',
    ]);
  });
});
