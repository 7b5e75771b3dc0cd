import { message } from '../base/message.ts';
import type { Handler } from '../code/model.ts';
import type { CodeLocation } from '../code/location.ts';
import type { Confidence, SpanMatch, Unmapped } from './match.ts';
import type { UnmappedCause } from './unmappedCause.ts';
import { lower } from './confidence.ts';
import { handlerKey } from './lookups.ts';

export const unmapped = (cause: UnmappedCause, reason: string): Unmapped => ({
  confidence: 'unmapped',
  cause,
  reason,
});

/** The first handler; one at another line makes the match `likely` at most and is an alternative. */
export function handlerMatch(
  handlers: readonly Handler[],
  confidence: Confidence,
  reason: string,
): SpanMatch {
  const [first] = handlers;
  if (first === undefined) return unmapped('noHandler', reason);
  const others = handlers.filter(
    (handler, position) =>
      handlers.findIndex(({ location }) => isSamePlace(location, handler.location)) === position &&
      !isSamePlace(handler.location, first.location),
  );
  return {
    location: first.location,
    symbol: symbolOf(first),
    confidence: others.length > 0 ? lower(confidence, 'likely') : confidence,
    reason: [reason, ...inheritance(first), ...ambiguity(others.length)].join(' '),
    alternatives: others.map((handler) => ({
      location: handler.location,
      symbol: symbolOf(handler),
    })),
    handlerId: first.id,
    callId: undefined,
  };
}

const symbolOf = ({ controller, handler }: Handler) => handlerKey(controller, handler);

function inheritance({ controller, declaredIn }: Handler): readonly string[] {
  if (declaredIn === controller) return [];
  return [message('{0} inherits it from {1}.', controller, declaredIn)];
}

function ambiguity(others: number): readonly string[] {
  return others === 0 ? [] : [message('Other matching handlers: {0}.', others)];
}

const isSamePlace = (a: CodeLocation, b: CodeLocation) =>
  a.path === b.path && a.line === b.line && a.column === b.column;
