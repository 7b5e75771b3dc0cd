import assert from 'node:assert/strict';
import { quickTimes, type Fault } from './fault.ts';
import { observeFault } from './observeFault.ts';

/** A test of each: the user is told, figures stay, all is well again by itself, and nothing is left open. */
export function describeFaults(source: string, faults: readonly Fault[]): void {
  describe(`${source} when it fails`, function () {
    this.timeout(180_000);
    for (const fault of faults)
      it(`${fault.title}: is said, and recovered from`, async function () {
        if (fault.isPossible === false) this.skip();
        const { leftOver } = await observeFault(fault, quickTimes);
        assert.deepEqual(leftOver, []);
      });
  });
}
