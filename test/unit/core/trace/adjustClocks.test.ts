import fc from 'fast-check';
import assert from 'node:assert/strict';
import { adjustClocks, withStarts } from '../../../../src/core/trace/adjustClocks.ts';
import { buildTrace } from '../../../../src/core/trace/build.ts';
import { answersCall } from '../../../../src/core/trace/clockSkew.ts';
import { makeSpan } from '../../../support/span.ts';

const id = (index: number) => (index + 1).toString(16).padStart(16, '0');
const ms = 1_000;

/** A request of shop-api that lasts 100 ms and asks pricing-api, whose clock is off by `skew`. */
const skewed = (skew: number, length = 40 * ms) =>
  buildTrace([
    makeSpan({ id: id(0), name: 'GET', service: 'shop-api', kind: 'client', duration: 100 * ms }),
    makeSpan({
      id: id(1),
      parent: id(0),
      name: 'GET /prices',
      service: 'pricing-api',
      kind: 'server',
      start: 30 * ms + skew,
      duration: length,
    }),
    makeSpan({
      id: id(2),
      parent: id(1),
      name: 'handler',
      service: 'pricing-api',
      start: 35 * ms + skew,
      duration: 10 * ms,
    }),
  ]).trace;

describe('adjustClocks', () => {
  it('moves the parts of the critical path with their spans', () => {
    const trace = skewed(-10 * ms, 60 * ms);
    const late = trace.columns;
    const starts = trace.columns.start.map((one, row) => one + (row === 0 ? 0 : 7 * ms));
    const { columns } = withStarts(trace, starts);
    for (let row = 0; row < trace.size; row++)
      for (let part = late.criticalParts[row]!; part < late.criticalParts[row + 1]!; part++) {
        const into = late.criticalFrom[part]! - late.start[row]!;
        assert.equal(columns.criticalFrom[part]! - columns.start[row]!, into);
        const length = late.criticalTo[part]! - late.criticalFrom[part]!;
        assert.equal(columns.criticalTo[part]! - columns.criticalFrom[part]!, length);
      }
  });

  it('puts a call that lies outside its caller into its middle, with what it did', () => {
    for (const skew of [-400 * ms, 400 * ms]) {
      const trace = skewed(skew);
      const { start, shifts } = adjustClocks(trace);
      const [caller = 0, call = 0, handler = 0] = start;
      assert.equal(call - caller, 30 * ms);
      assert.equal(handler - call, 5 * ms);
      assert.equal(shifts.length, 1);
      assert.equal(shifts[0]?.shift, -skew);
    }
  });

  it('leaves a call that fits, and one that is off by no more than clocks are rounded by', () => {
    assert.deepEqual(adjustClocks(skewed(0)).shifts, []);
    assert.deepEqual(adjustClocks(skewed(-30.9 * ms)).shifts, []);
    assert.deepEqual(adjustClocks(skewed(39 * ms)).shifts, []);
  });

  it('begins a call that is longer than its caller with it', () => {
    const { start } = adjustClocks(skewed(-300 * ms, 200 * ms));
    assert.equal((start[1] ?? 0) - (start[0] ?? 0), 0);
  });

  it('leaves a message that waited in a queue, and work that was left running, but not those before their cause', () => {
    for (const [above, below] of [
      ['producer', 'consumer'],
      ['internal', 'internal'],
      ['client', 'internal'],
      ['server', 'server'],
    ] as const) {
      const after = (start: number) =>
        adjustClocks(
          buildTrace([
            makeSpan({ id: id(0), name: 'send', service: 'shop', kind: above, duration: 10 * ms }),
            makeSpan({
              id: id(1),
              parent: id(0),
              name: 'receive',
              service: 'mailer',
              kind: below,
              start,
              duration: 5 * ms,
            }),
          ]).trace,
        ).shifts.map(({ shift }) => shift);
      assert.deepEqual(after(5_000 * ms), []);
      assert.deepEqual(after(-5_000 * ms), [5_002.5 * ms]);
    }
  });

  it('then begins no shorter call of another service before its caller, ends no answer after it, and moves nothing within a service', () => {
    const seed = fc.record({
      parent: fc.nat(),
      service: fc.nat(2),
      kind: fc.constantFrom('client', 'server', 'producer', 'consumer', 'internal'),
      start: fc.integer({ min: -1_000_000, max: 1_000_000 }),
      duration: fc.nat(500_000),
    });
    fc.assert(
      fc.property(fc.array(seed, { minLength: 1, maxLength: 30 }), (seeds) => {
        const { trace } = buildTrace(
          seeds.map(({ parent, service, kind, start, duration }, index) =>
            makeSpan({
              id: id(index),
              parent: index === 0 ? undefined : id(parent % index),
              service: `service-${String(service)}`,
              kind,
              start,
              duration,
            }),
          ),
        );
        const { columns } = withStarts(trace, adjustClocks(trace).start);
        for (let row = 1; row < trace.size; row++) {
          const above = columns.parent[row]!;
          const before = columns.start[row]! - columns.start[above]!;
          if (columns.service[row] === columns.service[above]) {
            const recorded = trace.columns.start[row]! - trace.columns.start[above]!;
            assert.ok(Math.abs(before - recorded) < 1e-6);
          } else if (columns.duration[row]! <= columns.duration[above]!) {
            assert.ok(before >= -1_000 - 1e-6);
            const after = columns.duration[above]! - columns.duration[row]! - before;
            if (answersCall(columns, row)) assert.ok(after >= -10_000 - 1e-6);
          }
        }
        assert.equal(Math.min(...columns.start), 0);
      }),
    );
  });
});
