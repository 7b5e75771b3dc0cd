import type { AnyFunction } from './anyFunction.ts';
import type { Context } from '@opentelemetry/api';
import { applicationCall } from './callSite.ts';
import type { Location } from './location.ts';
import { answerOf } from './nestHandlers.ts';
import {
  consumerKind,
  internalKind,
  isOutgoing,
  spanIn,
  type StartedSpan,
} from './openTelemetry.ts';
import { outgoingCall } from './outgoingCalls.ts';
import { ownSpan } from './ownSpans.ts';
import { beginningCall } from './prismaCalls.ts';
import { queueProcessorLocation } from './queueProcessors.ts';
import { keepParent, upFrom } from './spanTree.ts';
import { stamp } from './stamp.ts';

/** Whether the line that starts a span is wanted on it. */
export type LocateSpan = (span: StartedSpan) => boolean;

/** To be called as the span starts, in the turn of whoever starts it; `below` is what they called. */
export function spanStarted(
  span: StartedSpan,
  context: Context,
  locate: LocateSpan | undefined,
  below: AnyFunction,
): void {
  try {
    if (!span.isRecording()) return;
    keepParent(span, spanIn(context));
    const location =
      ownLocation(span) ??
      (asksForLine(span, locate) ? applicationCall(below) : callLocation(span, context, below));
    if (location !== undefined) stamp(span, location);
  } catch {
    // The span starts all the same.
  }
}

/** Handlers' spans are stamped when Nest calls the handler: here are those that start later, or apart. */
function ownLocation(span: StartedSpan): Location | undefined {
  const { name = '', kind, attributes } = span;
  if (name === 'prisma:client:operation') return beginningCall();
  if (attributes?.['nestjs.type'] === 'handler') return locationOfRequest(span);
  return kind === consumerKind ? queueProcessorLocation(name) : undefined;
}

/** Of a call that leaves the service, and of a span that the team starts. */
function callLocation(
  span: StartedSpan,
  context: Context,
  below: AnyFunction,
): Location | undefined {
  if (isOutgoing(span)) return outgoingCall(span, context, below);
  return span.kind === internalKind ? ownSpan(span, below) : undefined;
}

/** `$transaction` starts its span while the application's call is still on the stack. */
const asksForLine = (span: StartedSpan, locate: LocateSpan | undefined) =>
  span.name === 'prisma:client:transaction' || locate?.(span) === true;

/** The inner span of a request runs the same method as the request's own. */
function locationOfRequest(span: StartedSpan): Location | undefined {
  const callback = span.attributes?.['nestjs.callback'];
  for (const one of upFrom(span)) {
    const { attributes = {} } = one;
    if (attributes['nestjs.type'] !== 'request_context') continue;
    return attributes['nestjs.callback'] === callback ? answerOf(one) : undefined;
  }
  return undefined;
}
