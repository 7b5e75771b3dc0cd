import { describeFaults } from '../support/faults/describeFaults.ts';
import { everyFault } from '../support/faults/everyFault.ts';

for (const release of ['Jaeger 1.67', 'Jaeger 2'] as const)
  describeFaults(release, everyFault[release]);
