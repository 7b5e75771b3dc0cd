import assert from 'node:assert/strict';
import fc from 'fast-check';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import type { RawSpan } from '../../../../src/core/trace/rawSpan.ts';
import { makeSpan } from '../../../support/span.ts';
import { behindTraefik } from '../../../support/traefik.ts';

const minute = 60_000_000;
type Service = 'edge' | 'shop-api' | 'rates';

/** A request through the recorded Traefik to NestJS, from there to a Go service and its database, with right clocks. */
function chain(): readonly RawSpan[] {
  const front = behindTraefik([]);
  const forward = front.find(({ name }) => name === 'ReverseProxy')!;
  const { start: begin, duration: whole } = forward;
  const within = (
    id: string,
    parent: string,
    part: Partial<Parameters<typeof makeSpan>[0]>,
    inset: number,
  ) =>
    makeSpan({
      id,
      parent,
      traceId: forward.traceId,
      start: begin + inset,
      duration: whole - 2 * inset,
      ...part,
    });
  return [
    ...front,
    within('a1', forward.spanId, { name: 'DELETE /orders/:id', kind: 'server' }, 1_000),
    within('a2', 'a1', { name: 'OrdersController.remove' }, 2_000),
    within('a3', 'a2', { name: 'GET', kind: 'client' }, 3_000),
    within('b1', 'a3', { name: 'GET /rates/{country}', kind: 'server', service: 'rates' }, 4_000),
    within('b2', 'b1', { name: 'SELECT rates', kind: 'client', service: 'rates' }, 5_000),
  ];
}

const serviceOf = (span: RawSpan) => span.resource.service as Service;
const clocks = fc.record({
  edge: fc.integer({ min: -5 * minute, max: 5 * minute }),
  'shop-api': fc.integer({ min: -5 * minute, max: 5 * minute }),
  rates: fc.integer({ min: -5 * minute, max: 5 * minute }),
});
/** By how much each host's clock is off, in µs; services may share a host. */
const offsets = fc
  .tuple(clocks, fc.constantFrom('none', 'shop-api', 'rates'))
  .map(([all, shared]) => (shared === 'none' ? all : { ...all, [shared]: all.edge }));

describe('a trace across hosts whose clocks are minutes apart', () => {
  it('is one tree, the same as with right clocks, whatever the clocks and the order of spans', () => {
    const right = buildTrace(chain()).trace;
    fc.assert(
      fc.property(offsets, fc.gen(), (clock, gen) => {
        const spans = chain().map(
          (span) => ({ ...span, start: span.start + clock[serviceOf(span)] }) as RawSpan,
        );
        const shuffled = gen(() => fc.shuffledSubarray(spans, { minLength: spans.length }));
        const { trace } = buildTrace(shuffled);
        assert.deepEqual(
          trace.spans.map(({ spanId }) => spanId),
          right.spans.map(({ spanId }) => spanId),
        );
        assert.deepEqual(trace.columns.parent, right.columns.parent);
        assert.deepEqual(trace.columns.duration, right.columns.duration);
        assert.equal([...trace.columns.parent].filter((parent) => parent === -1).length, 1);
      }),
    );
  });

  it('says which two clocks differ wherever a span begins before its parent or outlasts its call, and nowhere else', () => {
    fc.assert(
      fc.property(offsets, (clock) => {
        const spans = chain().map(
          (span) => ({ ...span, start: span.start + clock[serviceOf(span)] }) as RawSpan,
        );
        const { trace, problems } = buildTrace(spans);
        const said = problems.filter(({ kind }) => kind === 'outsideParent');
        const crossings = [
          ['a1', 'edge', 'shop-api'],
          ['b1', 'shop-api', 'rates'],
        ] as const;
        for (const [id, caller, own] of crossings) {
          const row = trace.spans.findIndex(({ spanId }) => spanId === id);
          const ahead = clock[own] - clock[caller];
          // Within the call by 1 ms on both sides: 1 ms more is taken for rounding, 10 ms for a response that lingers.
          const isSaid = ahead < -2_000 || ahead > 11_000;
          const mine = said.filter((one) => one.row === row);
          assert.equal(mine.length, isSaid ? 1 : 0, `${id} is ${ahead} µs ahead`);
          for (const { message } of mine)
            assert.ok(message.includes(`the clocks of ${own} and ${caller} differ`), message);
        }
        assert.equal(
          said.length,
          said.filter(({ row }) => ['a1', 'b1'].includes(trace.spans[row]!.spanId)).length,
        );
      }),
    );
  });
});
