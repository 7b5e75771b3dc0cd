import { describeFaults } from '../support/faults/describeFaults.ts';
import { everyFault } from '../support/faults/everyFault.ts';
import { jaegerAnswerFaults } from '../support/faults/jaegerAnswerFaults.ts';
import { jaegerProcessFaults } from '../support/faults/jaegerProcessFaults.ts';

describeFaults('Jaeger 1.67', everyFault['Jaeger 1.67']);
// Addresses, TLS, proxies and most statuses are the same for whatever is asked over them.
describeFaults('Jaeger 2', [
  ...jaegerProcessFaults('Jaeger 2'),
  ...jaegerAnswerFaults('Jaeger 2').filter(({ title }) => /JSON|HTML|404/.test(title)),
]);
