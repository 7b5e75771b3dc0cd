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
