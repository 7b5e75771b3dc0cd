import { message } from '../../../base/message.ts';
import type { CallFit, CallSpans } from '../callSpans.ts';
import { titledReasons } from '../titledReasons.ts';
import { destinationFit, fits, type Fit } from './destinationFit.ts';
import { sentMessageOf, type SentMessage } from './sentMessage.ts';

/** Spans of what is sent through brokers and queues: the call that sends there. */
export const messageSpans: CallSpans<SentMessage> = {
  library: 'messages',
  asked: sentMessageOf,
  keyOf: ({ system, destination, exchange, routingKey, job, operation, command }) =>
    [system, destination, exchange, routingKey, job, operation, command].join('\n'),
  fit: (call, sent) => {
    const fit = destinationFit(call, sent);
    return fit && callFit(fit);
  },
  aloneInService: 'likely',
  reasons: titledReasons,
};

const callFit = (fit: Fit): CallFit => ({
  rank: fits.indexOf(fit),
  doubt: fit === 'open' ? message('The destination of this call is set at run time.') : undefined,
  tells: fit !== 'open',
  isOpen: fit === 'open',
});
