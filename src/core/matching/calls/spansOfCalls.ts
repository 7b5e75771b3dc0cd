import type { CallSite, CodeIndex, OtherCallSite } from '../../code/model.ts';
import type { RawSpan } from '../../trace/rawSpan.ts';
import { lower } from '../confidence.ts';
import { lineKey, lookupsOf } from '../lookups.ts';
import type { Match } from '../match.ts';
import type { Found, MatchContext } from '../matchContext.ts';
import { callMatch } from './callMatch.ts';
import type { CallSpans } from './callSpans.ts';
import { cacheSpans } from './cache/cacheSpans.ts';
import { grpcSpans } from './grpc/grpcSpans.ts';
import { httpSpans } from './http/httpSpans.ts';
import { matchCalls } from './matchCalls.ts';
import { movedCall } from './movedCall.ts';
import { messageSpans } from './messages/messageSpans.ts';
import { ownSpans } from './spans/ownSpans.ts';
import { sqlSpans } from './sql/sqlSpans.ts';
import { matchWaiting } from './sql/waitingForConnection.ts';

/** What is done with the spans of a library, whatever they say. */
interface Library {
  readonly library: CallSpans<unknown>['library'];
  readonly isOf: (span: RawSpan) => boolean;
  readonly isFurther: (call: OtherCallSite, span: RawSpan) => boolean;
  readonly match: (found: Found, context: MatchContext) => Found;
  /** The library's calls that may have made the span; undefined: none of them. */
  readonly possible: (span: RawSpan) => PossibleCalls | undefined;
}

/** Calls that may have made a span, as far as they are written and it is recorded. */
export interface PossibleCalls {
  /** The same for spans that the same calls may have made. */
  readonly key: string;
  readonly makes: (call: CallSite) => boolean;
}

const libraryOf = <Asked>(spans: CallSpans<Asked>): Library => ({
  library: spans.library,
  isOf: (span) => spans.asked(span) !== undefined,
  isFurther: (call, span) => {
    const asked = spans.asked(span);
    return asked !== undefined && spans.isFurther?.(call, asked) === true;
  },
  match: (found, context) => matchCalls(spans, found, context),
  possible: (span) => {
    const asked = spans.asked(span);
    if (asked === undefined) return undefined;
    const isOf = (call: CallSite): call is OtherCallSite =>
      call.library === spans.library || call.library === spans.through;
    return {
      key: `${spans.library}\n${spans.keyOf(asked)}`,
      makes: (call) => isOf(call) && spans.fit(call, asked) !== undefined,
    };
  },
});

/** All but Prisma, whose spans tell more; a span that two would take is the first's. */
const libraries: readonly Library[] = [
  libraryOf(messageSpans),
  libraryOf(grpcSpans),
  libraryOf(httpSpans),
  libraryOf(cacheSpans),
  libraryOf(sqlSpans),
  libraryOf(ownSpans),
];

/** What was found, with the matches of the spans that libraries' calls made. */
export const matchLibraryCalls = (found: Found, context: MatchContext): Found =>
  matchWaiting(
    libraries.reduce((before, { match }) => match(before, context), found),
    context,
  );

/** Whether a library's call made the span itself: what is below that is part of the call. */
export const isOfCall = (span: RawSpan): boolean => libraries.some(({ isOf }) => isOf(span));

/** Calls that may have made a span, of the first library that it is of. */
export function possibleCalls(span: RawSpan): PossibleCalls {
  for (const { possible } of libraries) {
    const calls = possible(span);
    if (calls) return calls;
  }
  return { key: '', makes: () => false };
}

/**
 * The match of a library's span that names its line, with the call there, or that it has become where the code
 * changed since; of any other span the match as it is.
 */
export function attachCall(named: Match, span: RawSpan, index: CodeIndex): Match {
  const there = lookupsOf(index).libraryCallsByLine.get(lineKey(named.location)) ?? [];
  for (const { library, isOf, isFurther } of libraries) {
    const call = there.find((site) => site.library === library);
    if (call === undefined || !isOf(span)) continue;
    const { location, symbol, callId } = callMatch(call, [], named.confidence, named.reason);
    const further = isFurther(call, span) ? { isFurther: true as const } : {};
    return { ...named, location, symbol, callId, ...further };
  }
  return named.drifted === true && isOfCall(span) ? moved(named, span, index) : named;
}

/** The line of the method alone isn't that of its call. */
function moved(named: Match, span: RawSpan, index: CodeIndex): Match {
  const { makes } = possibleCalls(span);
  const calls = index.calls.filter(
    (call) => call.location.path === named.location.path && makes(call),
  );
  const isSent = span.kind === 'client' || span.kind === 'producer';
  const unsure = isSent ? { confidence: lower(named.confidence, 'likely') } : {};
  return movedCall(named, calls, index) ?? { ...named, ...unsure };
}
