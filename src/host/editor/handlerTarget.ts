import type { HandlerTie } from '../../core/correlate/ties/handlerTies.ts';
import type { HandlerLine } from '../../engine/methods.ts';
import type { EndpointTarget } from '../targets.ts';
import { handlerTitle } from '../../core/code/handlerTitle.ts';

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

/** The handler on the other side of a tie: for its code. */
export const tieTarget = ({ handlerId, symbol, location }: HandlerTie): EndpointTarget => ({
  endpointId: `handler ${handlerId}`,
  title: symbol,
  location,
  slowestTraceId: undefined,
  reason: '',
});
