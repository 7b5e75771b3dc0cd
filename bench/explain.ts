import { microseconds } from '../src/core/base/units.ts';
import { CostTreeBuilder } from '../src/core/explain/costTree.ts';
import { loopsOf } from '../src/core/explain/loops.ts';
import { explain } from '../src/core/explain/explanation.ts';
import { kindsByOperation } from '../src/core/explain/requestKinds.ts';
import { mapSpans } from '../test/support/mapTrace.ts';
import { usersApp } from '../test/support/recordedApps.ts';
import { readRecording } from '../test/support/recordedSpans.ts';
import { cpuTime } from './cpuTime.ts';
import { repeatedSpans } from './repeatedSpans.ts';

/** Prints how much CPU time it takes to explain where the time of mapped traces goes, and to count it by kind. */
export function benchExplain(): void {
  const recorded = readRecording('nest-prisma-spans', 'users-api', 'GET n+1');
  for (const [traces, spans] of [
    [100, 100],
    [100, 1_000],
    [1, 100_000],
  ] as const) {
    const mapped = mapSpans(belowFirst(repeatedSpans(recorded, spans)), usersApp);
    const explaining = cpuTime(() => {
      const tree = new CostTreeBuilder();
      for (let trace = 0; trace < traces; trace++) tree.add(mapped, 0);
      explain(tree, { slowFrom: microseconds(0), loops: loopsOf(usersApp) });
    });
    console.log(
      `  ${traces} traces of ${spans.toLocaleString('en-US')} spans explained in ${explaining.toFixed(1)} ms of CPU`,
    );
    const counting = cpuTime(() => {
      kindsByOperation(Array.from({ length: traces }, () => mapped.trace));
    });
    console.log(`    their time by kind counted in ${counting.toFixed(1)} ms`);
  }
}

/** All copies in the request of the first, one after the other. */
function belowFirst<
  Span extends { readonly spanId: string; readonly parentSpanId: string | undefined },
>(spans: readonly Span[]): Span[] {
  const [first] = spans;
  return spans.map((span) =>
    span === first || span.parentSpanId !== undefined
      ? span
      : { ...span, parentSpanId: first?.spanId },
  );
}
