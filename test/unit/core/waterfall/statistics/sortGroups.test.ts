import fc from 'fast-check';
import assert from 'node:assert/strict';
import type { SpanStatistics } from '../../../../../src/core/waterfall/statistics/measureGroups.ts';
import {
  lineKey,
  statisticsKeys,
  statisticsLines,
} from '../../../../../src/core/waterfall/statistics/sortGroups.ts';
import type { StatisticsGroup } from '../../../../../src/core/waterfall/statistics/statisticsTable.ts';

const anyNumbers: fc.Arbitrary<SpanStatistics> = fc.record({
  count: fc.nat(9),
  total: fc.nat(9),
  average: fc.nat(9),
  p50: fc.nat(9),
  p95: fc.nat(9),
  max: fc.nat(9),
  selfTime: fc.nat(9),
  criticalTime: fc.nat(9),
  errors: fc.nat(9),
  matches: fc.nat(9),
});
const anyName = fc.option(fc.constantFrom('a', 'b', 'B', '가', ''), { nil: undefined });
const anyGroup: fc.Arbitrary<StatisticsGroup> = fc.record({
  by: fc.constant('service' as const),
  name: anyName,
  numbers: anyNumbers,
  parts: fc.array(
    fc.record({
      by: fc.constant('line' as const),
      name: anyName,
      numbers: anyNumbers,
      parts: fc.constant([]),
    }),
    { maxLength: 4 },
  ),
});

describe('lines of the statistics', () => {
  it('are the groups in order of the column, with the parts of open ones below them in the same order', () => {
    fc.assert(
      fc.property(
        fc.array(anyGroup, { maxLength: 8 }),
        fc.constantFrom(...statisticsKeys),
        fc.boolean(),
        fc.func(fc.boolean()),
        (groups, key, ascending, isOpen) => {
          const open = new Set(groups.filter((group) => isOpen(group)));
          const lines = statisticsLines(groups, { key, ascending }, (group) => open.has(group));
          const outer = lines.filter(({ within }) => within === undefined);
          assert.deepEqual(new Set(outer.map(({ entry }) => entry)), new Set(groups));
          assertSorted(
            outer.map(({ entry }) => entry),
            key,
            ascending,
          );
          for (const { entry: group, isOpen: shown } of outer) {
            const parts = lines.filter(({ within }) => within === group);
            assert.equal(shown, open.has(group) && group.parts.length > 0);
            assert.equal(parts.length, shown ? group.parts.length : 0);
            assertSorted(
              parts.map((line) => line.entry),
              key,
              ascending,
            );
            parts.forEach((part, index) => {
              assert.equal(part.position, index + 1);
              assert.equal(part.setSize, parts.length);
              assert.equal(
                lines.indexOf(part),
                lines.findIndex((l) => l.entry === group) + index + 1,
              );
            });
          }
        },
      ),
    );
  });

  it('are told apart, a part of what has no name from a group without a name too', () => {
    const distinct = { selector: ({ name }: { readonly name: string | undefined }) => name };
    const numbers = fc.sample(anyNumbers, 1)[0]!;
    const groups = fc.uniqueArray(anyGroup, distinct).map((made) =>
      made.map((group) => ({
        ...group,
        parts: [undefined, '', '0', 'a" "b', ...made.map(({ name }) => name)]
          .filter((name, at, all) => all.indexOf(name) === at)
          .map((name) => ({ by: 'line' as const, name, numbers, parts: [] })),
      })),
    );
    fc.assert(
      fc.property(groups, (all) => {
        const lines = statisticsLines(all, { key: 'name', ascending: true }, () => true);
        assert.equal(new Set(lines.map(lineKey)).size, lines.length);
      }),
    );
  });
});

function assertSorted(
  groups: readonly StatisticsGroup[],
  key: (typeof statisticsKeys)[number],
  ascending: boolean,
): void {
  for (const [index, group] of groups.entries()) {
    const next = groups[index + 1];
    if (!next) continue;
    const values = [group, next].map((one) => (key === 'name' ? one.name : one.numbers[key]));
    const [a, b] = ascending ? values : values.toReversed();
    if (a === undefined || b === undefined) continue;
    assert.ok(a <= b, `${a} before ${b}`);
  }
}
