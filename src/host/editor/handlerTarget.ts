import type { HandlerPeer } from '../../core/correlate/peers/handlerPeers.ts';
import type { HandlerLine } from '../../engine/methods.ts';
import type { EndpointTarget } from '../targets.ts';
import { handlerTitle } from '../../core/code/nest/handlerTitle.ts';

/** A handler as the commands of lenses and hovers take it. */
export function handlerTarget({ endpointId, handler, figures }: HandlerLine): EndpointTarget {
  return {
    endpointId,
    title: handlerTitle(handler),
    location: handler.location,
    slowestTraceId: figures?.slowestTraceId,
    reason: '',
  };
}

/** The handler on the other side of a peer: for its code. */
export const peerTarget = ({ handlerId, symbol, location }: HandlerPeer): EndpointTarget => ({
  endpointId: `handler ${handlerId}`,
  title: symbol,
  location,
  slowestTraceId: undefined,
  reason: '',
});
