import type { AnyFunction } from './anyFunction.ts';
import type { Context } from '@opentelemetry/api';
import { callPlace } from './callSite.ts';
import { callIn } from './callsInProgress.ts';
import type { Location } from './location.ts';
import { activeContext, scopeOf, spanIn, type StartedSpan } from './openTelemetry.ts';
import { httpScopes } from './scopes.ts';
import { duringCall } from './stack.ts';

/** `fetch` has some 20 frames of its own. */
const ofHttp = { usual: 28 };
/** Of spans of calls. */
const locations = new WeakMap<StartedSpan, Location>();

/**
 * The line that made a call to another service, a database, a cache or a queue, as its span starts: on the
 * stack where the client starts the span at once, else as noted when the call was made, else that of the
 * call whose span is its parent (the HTTP request of an AWS command).
 */
export function outgoingCall(
  span: StartedSpan,
  context: Context,
  below: AnyFunction,
): Location | undefined {
  const parent = spanIn(context);
  // Queries of Prisma's driver adapters, and Prisma's own: the call above them has its line.
  if (isPrismas(span) || (parent !== undefined && isPrismas(parent))) return undefined;
  const place = callPlace(below, httpScopes.test(scopeOf(span)) ? ofHttp : {});
  const location =
    place !== undefined && place !== duringCall
      ? place
      : (notedFor(span, context) ?? (parent && locations.get(parent)));
  if (location !== undefined) locations.set(span, location);
  return location;
}

const isPrismas = ({ name }: StartedSpan) => name?.startsWith('prisma:') === true;

/** Some instrumentations start spans in the context in which a statement was begun to be built. */
function notedFor(span: StartedSpan, context: Context): Location | undefined {
  const scope = scopeOf(span);
  return [callIn(activeContext()), callIn(context)].find((call) => call?.scopes.test(scope))
    ?.location;
}
