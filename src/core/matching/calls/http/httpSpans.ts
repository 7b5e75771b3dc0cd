import { message } from '../../../base/message.ts';
import { callTitle } from '../../../code/calls/callTitle.ts';
import { libraryRequest } from '../../http/libraryRequest.ts';
import type { CallFit, CallSpans } from '../callSpans.ts';
import { titledReasons } from '../titledReasons.ts';
import { clientRequestOf, type ClientRequest } from './clientRequest.ts';
import { askedTarget, fits, targetFit, type Fit } from './targetFit.ts';

/** Spans of HTTP clients: the call asks for their URL. */
export const httpSpans: CallSpans<ClientRequest> = {
  library: 'http',
  asked: clientRequestOf,
  isPart: (span, row, found, context) => libraryRequest(span, row, found, context) !== undefined,
  keyOf: ({ method, host, path }) => [method, host, path].join('\n'),
  fit: (call, request) => {
    const fit = targetFit(call, request);
    return fit && callFit(fit);
  },
  shownTitleOf: (call, request) => {
    const target = askedTarget(call, request);
    return target && callTitle({ ...call, operation: request.method, target });
  },
  aloneInService: 'likely',
  reasons: titledReasons,
};

function callFit(fit: Fit): CallFit {
  const isTold = fit === 'same' || fit === 'parts';
  return {
    rank: fits.indexOf(fit),
    doubt: isTold
      ? undefined
      : fit === 'host'
        ? message('The host of this call is set at run time.')
        : message('The URL of this call is set at run time.'),
    tells: isTold,
    isOpen: fit === 'open',
  };
}
