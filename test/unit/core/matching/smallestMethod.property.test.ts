import assert from 'node:assert/strict';
import fc from 'fast-check';
import { smallestMethodAround } from '../../../../src/core/matching/enclosing/smallestMethod.ts';
import { makeIndex } from '../../../support/codeIndex.ts';

const size = 9;
const idOf = (method: number) => `/shop/a.ts#M.m${method}`;

/** Methods `M.m0` to `M.m8` that call one another. */
const indexOf = (edges: readonly (readonly [number, number])[]) =>
  makeIndex({
    '/shop': {
      files: {
        'a.ts': {
          M: Object.fromEntries(
            Array.from({ length: size }, (_, method) => [
              `m${method}`,
              {
                at: method * 10 + 1,
                calls: edges.filter(([from]) => from === method).map(([, to]) => `M.m${to}`),
              },
            ]),
          ),
        },
      },
    },
  });

/** What `M.m0` leads to without a method. */
function reached(edges: readonly (readonly [number, number])[], without?: number): Set<number> {
  const seen = new Set(without === 0 ? [] : [0]);
  for (const at of seen) {
    for (const [from, to] of edges) if (from === at && to !== without) seen.add(to);
  }
  return seen;
}

describe('the smallest method around what may have made a span', () => {
  const method = fc.integer({ min: 0, max: size - 1 });

  it('is on every way there, below every other method that is', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(method, method), { maxLength: 20 }),
        fc.uniqueArray(method, { minLength: 1, maxLength: 3 }),
        (edges, wanted) => {
          const all = reached(edges);
          const makers = wanted.filter((one) => all.has(one));
          const isMaker = (id: string) => makers.some((one) => idOf(one) === id);
          const found = smallestMethodAround(idOf(0), isMaker, indexOf(edges));
          if (makers.length === 0) {
            assert.equal(found, undefined);
            return;
          }
          const on = [...all].filter((one) => {
            const without = reached(edges, one);
            return makers.every((maker) => maker === one || !without.has(maker));
          });
          const smallest = on.find((one) =>
            on.every((other) => other === one || !reached(edges, other).has(one)),
          );
          assert.equal(found, idOf(smallest!));
        },
      ),
    );
  });
});
