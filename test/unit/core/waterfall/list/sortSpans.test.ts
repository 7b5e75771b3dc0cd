import fc from 'fast-check';
import assert from 'node:assert/strict';
import { buildTrace } from '../../../../../src/core/trace/build.ts';
import { spanStatuses } from '../../../../../src/core/trace/trace.ts';
import { listKeys, sortSpans } from '../../../../../src/core/waterfall/list/sortSpans.ts';
import { makeSpan } from '../../../../support/span.ts';

const anyTrace = fc
  .array(
    fc.record({
      start: fc.nat(9),
      duration: fc.nat(9),
      service: fc.constantFrom('b', 'a', 'B', '가'),
      name: fc.constantFrom('GET', 'get', 'x'),
      failed: fc.boolean(),
    }),
    { minLength: 1, maxLength: 30 },
  )
  .map((seeds) => {
    const spans = seeds.map(({ failed, ...seed }, index) =>
      makeSpan({ ...seed, id: `${index + 1}`, status: failed ? 'error' : 'unset' }),
    );
    return buildTrace(spans).trace;
  });

describe('sortSpans', () => {
  it('has each seen row once, in order of the column, and equal ones in order of the trace', () => {
    fc.assert(
      fc.property(
        anyTrace,
        fc.constantFrom(...listKeys),
        fc.boolean(),
        fc.func(fc.boolean()),
        (trace, key, ascending, isSeen) => {
          const seen = Uint8Array.from(trace.spans, (_, row) => Number(isSeen(row)));
          const rows = [...sortSpans(trace, seen, { key, ascending })];
          assert.deepEqual(
            rows.toSorted((a, b) => a - b),
            [...seen.keys()].filter((row) => seen[row] === 1),
          );
          const valueOf = (row: number): string | number => {
            const { columns } = trace;
            if (key === 'service') return trace.services[columns.service[row]!]!;
            if (key === 'operation') return trace.operations[columns.operation[row]!]!;
            if (key === 'errors') return Number(spanStatuses[columns.status[row]!] === 'error');
            return columns[key][row]!;
          };
          for (const [index, row] of rows.entries()) {
            const next = rows[index + 1];
            if (next === undefined) continue;
            const [a, b] = [valueOf(row), valueOf(next)];
            if (a === b) assert.ok(row < next);
            else assert.equal(a < b, ascending);
          }
        },
      ),
    );
  });
});
