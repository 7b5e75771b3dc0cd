import { message } from '../../../base/message.ts';
import { rpcOf } from '../../messages/rpcNames.ts';
import type { CallSpans } from '../callSpans.ts';
import { titledReasons } from '../titledReasons.ts';

/** Spans of gRPC clients: the call of that service and method. */
export const grpcSpans: CallSpans<string> = {
  library: 'grpc',
  asked: (span) => (span.kind === 'client' ? rpcOf(span) : undefined),
  keyOf: (rpc) => rpc,
  fit: ({ target = '' }, rpc) => {
    const [service = '', method = ''] = target.split('/');
    const [ofService, ofMethod] = rpc.split('/');
    if (method !== ofMethod) return undefined;
    if (service === ofService) return { rank: 0, doubt: undefined, tells: true, isOpen: false };
    const isOpen = service === '*';
    const doubt = message('The service of this call is set at run time.');
    return isOpen ? { rank: 1, doubt, tells: false, isOpen } : undefined;
  },
  aloneInService: 'likely',
  reasons: titledReasons,
};
