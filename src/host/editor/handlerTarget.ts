import type { HandlerPeer } from '../../core/correlate/peers/handlerPeers.ts';
import type { CodeLocation } from '../../core/code/location.ts';
import { lineName } from '../../core/explain/loopText.ts';
import type { CallCostLine, HandlerLine } from '../../engine/methods.ts';
import type { CostTarget, EndpointTarget } from '../targets.ts';
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

/** What a call costs: for the explanation of its handler, which shows the call's line first. */
export const costTarget = ({ handler }: CallCostLine, costly: CodeLocation): CostTarget => ({
  endpointId: `handler ${handler.id}`,
  title: handlerTitle(handler),
  location: handler.location,
  slowestTraceId: undefined,
  reason: '',
  costly,
});

/** A loop: for its code. */
export const loopTarget = (location: CodeLocation): EndpointTarget => ({
  endpointId: '',
  title: lineName(location),
  location,
  slowestTraceId: undefined,
  reason: '',
});
