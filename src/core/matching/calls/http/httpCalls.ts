import { message } from '../../../base/message.ts';
import { callTitle } from '../../../code/calls/callTitle.ts';
import type { CodeIndex, OtherCallSite } from '../../../code/model.ts';
import type { RawSpan } from '../../../trace/rawSpan.ts';
import { lower } from '../../confidence.ts';
import { libraryRequest } from '../../http/libraryRequest.ts';
import { lookupsOf } from '../../lookups.ts';
import type { Confidence, Match } from '../../match.ts';
import { placeOf, type Found, type MatchContext } from '../../matchContext.ts';
import { callersOf, type Caller } from '../caller.ts';
import { callMatch } from '../callMatch.ts';
import { pipelineHandler } from '../pipelineHandler.ts';
import { clientRequestOf, type ClientRequest } from './clientRequest.ts';
import { fits, targetFit, type Fit } from './targetFit.ts';

/** Calls that fit a request equally well. */
interface Choice {
  readonly calls: readonly OtherCallSite[];
  readonly fit: Fit;
}

/** What was found, with the match of each HTTP client's span that had none: the call below its handler that asks for its URL. */
export function matchHttpCalls(found: Found, context: MatchContext): Found {
  if (lookupsOf(context.index).httpCalls.size === 0) return found;
  const matches = [...found];
  const callers = callersOf(found, context);
  const known = new Map<string, Match | undefined>();
  for (const [row, span] of context.trace.spans.entries()) {
    if (found[row] !== undefined) continue;
    const request = requestOf(span, row, found, context);
    if (request === undefined) continue;
    const caller = callers(row);
    const { method, host, path } = request;
    const key = [caller?.row, projectOf(row, context), method, host, path].join('\n');
    if (!known.has(key)) known.set(key, matchOf(request, row, caller, found, context));
    matches[row] = known.get(key);
  }
  return matches;
}

const projectOf = (row: number, context: MatchContext): string =>
  placeOf(row, context).project?.id ?? '';

/** Undefined: no client's, or what a library's call makes. */
function requestOf(
  span: RawSpan,
  row: number,
  found: Found,
  context: MatchContext,
): ClientRequest | undefined {
  const request = clientRequestOf(span);
  return request && libraryRequest(span, row, found, context) === undefined ? request : undefined;
}

function matchOf(
  request: ClientRequest,
  row: number,
  caller: Caller | undefined,
  found: Found,
  context: MatchContext,
): Match | undefined {
  const ofProject = lookupsOf(context.index).httpCalls.get(projectOf(row, context)) ?? [];
  const everywhere = chosen(ofProject, request);
  const made = caller && chosen(callsOf(caller, found, context), request);
  if (!caller || !made) return ofService(everywhere);
  const { calls, fit } = made;
  const [call, ...others] = calls;
  if (call === undefined) return undefined;
  const shown = callTitle(call);
  const which =
    others.length > 0
      ? message('{0} calls {1} in several places.', caller.symbol, shown)
      : message('The only {0} called from {1}.', shown, caller.symbol);
  const isEvery = (everywhere?.calls ?? []).every((other) => calls.includes(other));
  const doubt = doubtOf(call, fit, caller, isEvery, context);
  if (fit === 'open' && doubt !== undefined && others.length > 0) return undefined;
  const confidence: Confidence = others.length > 0 || doubt !== undefined ? 'likely' : 'strong';
  const reason = doubt === undefined ? which : `${which} ${doubt}`;
  return callMatch(call, others, lower(confidence, caller.confidence), reason);
}

/** Why it may be another call; undefined: nothing speaks for that. */
function doubtOf(
  call: OtherCallSite,
  fit: Fit,
  { part, symbol, methodId }: Caller,
  isEvery: boolean,
  { index }: MatchContext,
): string | undefined {
  if (fit === 'open') return message('The URL of this call is set at run time.');
  if (fit === 'host') return message('The host of this call is set at run time.');
  const isOwn = reachedFrom([methodId], index).includes(call);
  if (part === 'around' || !isOwn)
    return message('A guard or interceptor may have made this call.');
  if (!isEvery && index.callsUnknown(methodId)) {
    return message("{0} also runs code that Spanhop couldn't follow.", symbol);
  }
  return fit === 'loose' ? message('The URL of this call is set at run time.') : undefined;
}

/** Without a handler that leads there: the only call of the service that asks for that. */
function ofService(everywhere: Choice | undefined): Match | undefined {
  const [call, ...others] = everywhere?.calls ?? [];
  const isTold = everywhere?.fit === 'same' || everywhere?.fit === 'parts';
  if (call === undefined || others.length > 0 || !isTold) return undefined;
  return callMatch(
    call,
    [],
    'likely',
    message("{0} call in the service's folder.", callTitle(call)),
  );
}

/** What the caller's method leads to, and what else runs in its request. */
function callsOf(caller: Caller, found: Found, context: MatchContext): readonly OtherCallSite[] {
  const { steps, resolvers } =
    caller.part === 'inside'
      ? { steps: [], resolvers: [] }
      : pipelineHandler(caller.row, caller.methodId, found, context);
  return reachedFrom([caller.methodId, ...steps, ...resolvers], context.index);
}

function reachedFrom(methods: readonly string[], index: CodeIndex): readonly OtherCallSite[] {
  const calls = methods.flatMap((method) =>
    index.reachableCalls(method).flatMap(({ call }) => (call.library === 'http' ? [call] : [])),
  );
  return [...new Set(calls)];
}

/** Those that fit best. */
function chosen(calls: readonly OtherCallSite[], request: ClientRequest): Choice | undefined {
  const byFit = new Map<Fit, OtherCallSite[]>();
  for (const call of calls) {
    const fit = targetFit(call, request);
    if (fit !== undefined) byFit.set(fit, [...(byFit.get(fit) ?? []), call]);
  }
  const fit = fits.find((one) => byFit.has(one));
  return fit && { calls: byFit.get(fit) ?? [], fit };
}
