import type { PrismaCallSite } from '../../code/model.ts';
import { isMatch, type Confidence } from '../match.ts';
import { pipelineHandler } from './pipelineHandler.ts';
import { nestLayer, type Found, type MatchContext } from '../matchContext.ts';
import { callKey, callsFitting, enclosingMethod } from '../lookups.ts';
import { handlerById } from '../attributes/namedHandler.ts';
import { prismaCallsReached } from './prisma/prismaCallsReached.ts';

/** The nearest span above a call whose method is known. */
export interface Caller {
  readonly row: number;
  readonly methodId: string;
  readonly symbol: string;
  /** Of that span's own match: what it makes is never surer. */
  readonly confidence: Confidence;
  /**
   * `inside`: the call lies in the method's own run. `around`: in the request, but not in the method: a
   * guard's or interceptor's call. `request`: only the request is known, the call may be of either.
   */
  readonly part: 'inside' | 'around' | 'request';
  /** What the method reaches, by `callKey`, nearest first. */
  calls(key: string): readonly PrismaCallSite[];
  /** What else runs in its request and reaches calls of the key. */
  beside(key: string): CallsBeside;
  /** Its own method and what else runs in its request: guards and the like, resolvers of fields. */
  readonly methods: readonly string[];
  /** The same for callers that lead to the same calls, equally surely. */
  readonly code: number;
  /** Whether the code tells the model of one of these. */
  isModelKnown(key: string): boolean;
}

interface CallsBeside {
  /** Of guards, interceptors and whatever else runs around the handler. */
  readonly steps: readonly PrismaCallSite[];
  /** Those of `steps` that rather run after the handler: of interceptors and filters. */
  readonly after: readonly PrismaCallSite[];
  /** Those of `steps` that surely run: the handler or its class names the guard. */
  readonly named: readonly PrismaCallSite[];
  /** Of the resolvers of fields; each may run for every element of a list. */
  readonly resolvers: readonly PrismaCallSite[];
}

/**
 * Answers for each row, looking at no others than those above it.
 * @param found the matches of what arrives and of what spans say of their code
 */
export function callersOf(
  found: Found,
  context: MatchContext,
): (row: number) => Caller | undefined {
  const nearest = nearestMethods(found, context);
  const reach = new Map<string, ReadonlyMap<string, readonly PrismaCallSite[]>>();
  const callsOf = (method: string) => {
    const calls = reach.get(method) ?? reachableCalls(method, context);
    reach.set(method, calls);
    return calls;
  };
  const callers = new Map<number, Caller>();
  const codes = new Map<string, number>();
  return (row) => {
    const place = nearest(row);
    if (place === undefined) return undefined;
    const { at, method } = place;
    const caller = callers.get(at) ?? makeCaller(at, method, found, context, { callsOf, codes });
    if (caller !== undefined) callers.set(at, caller);
    return caller;
  };
}

interface MethodRow {
  readonly at: number;
  readonly method: string;
}

/** The nearest row at or above a row, within one service, whose method is known. */
function nearestMethods(
  found: Found,
  context: MatchContext,
): (row: number) => MethodRow | undefined {
  const { spans, columns } = context.trace;
  const known = new Map<number, MethodRow | undefined>();
  return (row) => {
    const passed: number[] = [];
    let place: MethodRow | undefined;
    for (let at = row; at !== -1; at = columns.parent[at] ?? -1) {
      place = known.get(at);
      if (place !== undefined || known.has(at)) break;
      passed.push(at);
      const method = methodOf(at, found, context);
      if (method !== undefined) place = { at, method };
      const kind = spans[at]?.kind;
      if (place !== undefined || kind === 'server' || kind === 'consumer') break;
    }
    for (const one of passed) known.set(one, place);
    return place;
  };
}

/** What callers of a trace share. */
interface Known {
  readonly callsOf: (method: string) => ReadonlyMap<string, readonly PrismaCallSite[]>;
  readonly codes: Map<string, number>;
}

function makeCaller(
  row: number,
  methodId: string,
  found: Found,
  context: MatchContext,
  { callsOf, codes }: Known,
): Caller | undefined {
  const match = found[row];
  if (match === undefined || !isMatch(match)) return undefined;
  const part = partOf(row, found, context);
  const { steps, named, after, resolvers } =
    part === 'inside' ? nothingBeside : pipelineHandler(row, methodId, found, context);
  const callsOfAll = (methods: readonly string[], key: string) => [
    ...new Set(methods.flatMap((method) => callsFitting(callsOf(method), key))),
  ];
  const id = [methodId, part, match.confidence, ...steps, '', ...resolvers].join('\n');
  const code = codes.get(id) ?? codes.size;
  codes.set(id, code);
  return {
    row,
    methodId,
    symbol: match.symbol,
    confidence: match.confidence,
    part,
    calls: (key) => callsFitting(callsOf(methodId), key),
    beside: (key) => ({
      steps: callsOfAll(steps, key),
      named: callsOfAll(named, key),
      after: callsOfAll(after, key),
      resolvers: callsOfAll(resolvers, key),
    }),
    methods: [methodId, ...steps, ...resolvers],
    code,
    isModelKnown: (key) => callsOf(methodId).has(key),
  };
}

const nothingBeside = { steps: [], named: [], after: [], resolvers: [] };

function partOf(row: number, found: Found, context: MatchContext): Caller['part'] {
  const layer = nestLayer(row, context);
  if (layer === 'handler') return 'inside';
  const match = found[row];
  const isHandler = match !== undefined && isMatch(match) && match.handlerId !== undefined;
  if (!isHandler) return 'inside';
  const answered = context.answeredBy[context.server[row] ?? -1] ?? -1;
  return layer === 'request' || answered !== -1 ? 'around' : 'request';
}

/** Id of the method a row's match is in: the handler's, or the one around its line. */
function methodOf(row: number, found: Found, { index }: MatchContext): string | undefined {
  const match = found[row];
  if (match === undefined || !isMatch(match)) return undefined;
  if (match.handlerId !== undefined) {
    // Empty: no method of the workspace.
    const id = handlerById(index, match.handlerId)?.methodId;
    return id === '' ? undefined : id;
  }
  return enclosingMethod(index, match.location.path, match.location.line)?.id;
}

function reachableCalls(method: string, { index }: MatchContext) {
  const calls = new Map<string, PrismaCallSite[]>();
  for (const { call, model } of prismaCallsReached(index, method)) {
    const key = callKey(model ?? call.model, call.operation);
    const known = calls.get(key);
    if (known === undefined) calls.set(key, [call]);
    else known.push(call);
  }
  return calls;
}
