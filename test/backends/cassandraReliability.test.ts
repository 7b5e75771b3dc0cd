import { describeFaults } from '../support/faults/describeFaults.ts';
import { everyFault } from '../support/faults/everyFault.ts';
import { quickTimes } from '../support/faults/fault.ts';

// On a busy machine it takes seconds to let a user in.
describeFaults('Cassandra', everyFault['Cassandra 5.0'], { ...quickTimes, timeoutMs: 5_000 });
