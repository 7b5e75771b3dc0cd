import assert from 'node:assert/strict';
import { handlerColumn } from '../../../../../src/core/correlate/calls/handlerColumn.ts';
import type { Confidence, SpanMatch } from '../../../../../src/core/matching/match.ts';
import { buildTrace } from '../../../../../src/core/trace/build.ts';
import { makeSpan, type SpanSketch } from '../../../../support/span.ts';

const mapped = (symbol: string, handlerId: string | undefined, confidence: Confidence): SpanMatch =>
  ({ symbol, handlerId, confidence, alternatives: [] }) as unknown as SpanMatch;
const unmapped = { confidence: 'unmapped' } as SpanMatch;

/** Text of the handler of each span, by its name; spans stand in the order they are given. */
function handlers(...spans: readonly (SpanSketch & { readonly match?: SpanMatch })[]) {
  const { trace } = buildTrace(
    spans.map((sketch, index) => makeSpan({ start: index, duration: 50, ...sketch })),
  );
  const matches = trace.spans.map(
    ({ spanId }) => spans.find(({ id }) => id === spanId)?.match ?? unmapped,
  );
  const { texts, row } = handlerColumn({ trace, matches });
  return Object.fromEntries(trace.spans.map(({ spanId }, at) => [spanId, texts[row[at]!]]));
}

describe('handlerColumn', () => {
  it('is the nearest handler above, for all that its request runs', () => {
    const found = handlers(
      { id: 'server', kind: 'server', match: mapped('Orders.get', '1', 'strong') },
      { id: 'middleware', parent: 'server' },
      { id: 'guard', parent: 'server', match: mapped('Guard', undefined, 'exact') },
      {
        id: 'query',
        parent: 'guard',
        match: mapped('order.findMany in Orders', undefined, 'likely'),
      },
    );
    assert.deepEqual(found, {
      server: 'Orders.get',
      middleware: 'Orders.get',
      guard: 'Orders.get',
      query: 'Orders.get',
    });
  });

  it('ends where another request comes in, also one without a handler', () => {
    const found = handlers(
      { id: 'server', kind: 'server', match: mapped('Orders.get', '1', 'exact') },
      { id: 'client', parent: 'server', kind: 'client' },
      { id: 'other', parent: 'client', kind: 'server', service: 'billing' },
      { id: 'inside', parent: 'other', service: 'billing' },
      {
        id: 'message',
        parent: 'server',
        kind: 'consumer',
        match: mapped('Jobs.run', '2', 'exact'),
      },
    );
    assert.deepEqual(found, {
      server: 'Orders.get',
      client: 'Orders.get',
      other: undefined,
      inside: undefined,
      message: 'Jobs.run',
    });
  });

  it('leaves a guess out', () => {
    const found = handlers({ id: 'a', match: mapped('Maybe.get', '1', 'weak') });
    assert.deepEqual(found, { a: undefined });
  });
});
