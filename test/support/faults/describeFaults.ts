import assert from 'node:assert/strict';
import { quickTimes, type Fault, type FaultTimes } from './fault.ts';
import { observeFault } from './observeFault.ts';
import { sharedBy } from './shared.ts';

/** A test of each: the user is told, figures stay, all is well again by itself, and nothing is left open. */
export function describeFaults(
  source: string,
  faults: readonly Fault[],
  times: FaultTimes = quickTimes,
): void {
  describe(`${source} when it fails`, function () {
    this.timeout(240_000);
    const shared = sharedBy(faults);
    before(() => shared.start());
    after(() => shared.stop());
    for (const fault of faults)
      it(`${fault.title}: is said, and recovered from`, async function () {
        if (fault.isPossible === false) this.skip();
        const { leftOver } = await observeFault(fault, times);
        assert.deepEqual(leftOver, []);
      });
  });
}
