import { describeFaults } from '../support/faults/describeFaults.ts';
import { everyFault } from '../support/faults/everyFault.ts';

describeFaults('Local traces', everyFault['Local traces']);
