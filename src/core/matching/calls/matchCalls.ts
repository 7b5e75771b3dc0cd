import { message } from '../../base/message.ts';
import type { CodeIndex, OtherCallSite } from '../../code/model.ts';
import { lower } from '../confidence.ts';
import { libraryCallsOf } from '../lookups.ts';
import { isMatch, type Confidence, type Match, type SpanMatch } from '../match.ts';
import { placeOf, type Found, type MatchContext } from '../matchContext.ts';
import { callersOf, type Caller } from './caller.ts';
import { callMatch } from './callMatch.ts';
import type { CallFit, CallSpans } from './callSpans.ts';

/** Calls that fit a span equally well. */
interface Choice {
  readonly calls: readonly OtherCallSite[];
  readonly fit: CallFit;
}

/** What was found, with the match of each of the library's spans that had none: the call below its handler that fits best. */
export function matchCalls<Asked>(
  spans: CallSpans<Asked>,
  found: Found,
  context: MatchContext,
): Found {
  const everywhere = librariesOf(spans).map((one) => libraryCallsOf(context.index, one));
  if (everywhere.every(({ size }) => size === 0)) return found;
  const matches = [...found];
  const callers = callersOf(found, context);
  const known = new Map<string, Match | undefined>();
  for (const [row, span] of context.trace.spans.entries()) {
    const asked = isFree(found[row], spans) ? spans.asked(span) : undefined;
    if (asked === undefined || spans.isPart?.(span, row, found, context) === true) continue;
    const caller = callers(row);
    const project = placeOf(row, context).project?.id ?? '';
    const key = [caller?.row, project, spans.keyOf(asked)].join('\n');
    if (!known.has(key)) {
      const inService = chosen(
        spans,
        everywhere.flatMap((calls) => calls.get(project) ?? []),
        asked,
      );
      const below =
        caller &&
        chosen(spans, reachedFrom(caller.methods, librariesOf(spans), context.index), asked);
      known.set(key, matchOf(spans, asked, { inService, caller, below }, context));
    }
    matches[row] = known.get(key) ?? found[row];
  }
  return matches;
}

type Library = OtherCallSite['library'];

const librariesOf = <Asked>({ library, through }: CallSpans<Asked>): readonly Library[] =>
  through === undefined ? [library] : [library, through];

const isFree = <Asked>(match: SpanMatch | undefined, { overrules }: CallSpans<Asked>): boolean =>
  match === undefined || (!isMatch(match) && overrules?.has(match.cause) === true);

interface Choices {
  readonly inService: Choice | undefined;
  readonly caller: Caller | undefined;
  /** Of what the caller leads to. */
  readonly below: Choice | undefined;
}

function matchOf<Asked>(
  spans: CallSpans<Asked>,
  asked: Asked,
  { inService, caller, below }: Choices,
  { index }: MatchContext,
): Match | undefined {
  const { reasons, aloneInService } = spans;
  const made = (
    call: OtherCallSite,
    others: readonly OtherCallSite[],
    confidence: Confidence,
    reason: string,
  ): Match => {
    const match = callMatch(call, others, confidence, reason, {
      title: spans.titleOf?.(call, asked),
      shown: spans.shownTitleOf?.(call, asked),
    });
    return spans.isFurther?.(call, asked) === true ? { ...match, isFurther: true } : match;
  };
  const [alone, ...more] = inService?.calls ?? [];
  const ofService =
    alone && more.length === 0 && inService?.fit.tells
      ? made(alone, [], aloneInService, reasons.alone(alone))
      : undefined;
  const [call, ...others] = below?.calls ?? [];
  if (!caller || !below || !call || ofService?.confidence === 'strong') return ofService;
  const { fit } = below;
  const isEvery = (inService?.calls ?? []).every((other) => below.calls.includes(other));
  const isOwn = reachedFrom([caller.methodId], librariesOf(spans), index).includes(call);
  const doubt = fit.doubt ?? doubtOf(caller, isOwn, isEvery, index);
  if (fit.isOpen && others.length > 0) return undefined;
  const which =
    others.length > 0 ? reasons.several(call, caller.symbol) : reasons.only(call, caller.symbol);
  const confidence: Confidence = others.length > 0 || doubt !== undefined ? 'likely' : 'strong';
  const reason = doubt === undefined ? which : `${which} ${doubt}`;
  return made(call, others, lower(confidence, caller.confidence), reason);
}

/** Why something else than what the handler leads to may have made it; undefined: nothing speaks for that. */
function doubtOf(
  { part, symbol, methodId }: Caller,
  isOwn: boolean,
  isEvery: boolean,
  index: CodeIndex,
): string | undefined {
  if (part === 'around' || !isOwn)
    return message('A guard or interceptor may have made this call.');
  return !isEvery && index.callsUnknown(methodId)
    ? message("{0} also runs code that Spanhop couldn't follow.", symbol)
    : undefined;
}

function reachedFrom(
  methods: readonly string[],
  libraries: readonly Library[],
  index: CodeIndex,
): readonly OtherCallSite[] {
  const calls = methods.flatMap((method) =>
    index
      .reachableCalls(method)
      .flatMap(({ call }) =>
        call.library !== 'prisma' && libraries.includes(call.library) ? [call] : [],
      ),
  );
  return [...new Set(calls)];
}

/** Those that fit best. */
function chosen<Asked>(
  spans: CallSpans<Asked>,
  calls: readonly OtherCallSite[],
  asked: Asked,
): Choice | undefined {
  let best: { calls: OtherCallSite[]; fit: CallFit } | undefined;
  for (const call of calls) {
    const fit = spans.fit(call, asked);
    if (!fit || (best && fit.rank > best.fit.rank)) continue;
    if (best && fit.rank === best.fit.rank) best.calls.push(call);
    else best = { calls: [call], fit };
  }
  return best;
}
