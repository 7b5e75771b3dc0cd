import { message } from '../../../base/message.ts';
import type { PrismaCallSite } from '../../../code/model.ts';
import { inSourceOrder } from './callOrder.ts';
import { callsRunIn } from './transactionScope.ts';
import { lower } from '../../confidence.ts';
import type { MatchContext } from '../../matchContext.ts';
import { callKey, callsFitting, lookupsOf } from '../../lookups.ts';
import { prismaCallsReached } from './prismaCallsReached.ts';
import type { CallGroup, Candidates } from './callGroup.ts';

/**
 * Calls of what runs in the request besides the handler: where the span lies outside the handler those alone,
 * else with the handler's own, in the order in which NestJS runs them.
 */
export function pipelineCandidates(
  group: CallGroup,
  context: MatchContext,
): Candidates | undefined {
  const { caller, key, shown, within, rows } = group;
  if (caller === undefined || caller.part === 'inside' || within === 'operation') return undefined;
  const { steps, named, after, resolvers } = caller.beside(key);
  const confidence = lower('likely', caller.confidence);
  if (caller.part === 'around') {
    const all = callsRunIn(within, steps.length > 0 ? steps : ofSteps(key, context));
    if (all.length === 0) return undefined;
    const sure = all.filter((call) => named.includes(call));
    const calls = enough(sure, all, rows.length);
    const where = message(
      'Ran outside {0}, in a guard, pipe, interceptor or middleware.',
      caller.symbol,
    );
    const reason = `${where} ${message('This {0} is called from there.', shown)}`;
    return { calls, confidence, ordered: true, reason };
  }
  const own = callsRunIn(within, inSourceOrder(caller.calls(key)));
  const around = callsRunIn(within, steps);
  const fields = callsRunIn(
    within,
    resolvers.filter((call) => !own.includes(call)),
  ).map(eachOfList);
  const isNothing = around.length === 0 && fields.length === 0;
  const others = isNothing && own.length === 0 ? ofSteps(key, context) : around;
  if (isNothing && others.length === 0) return undefined;
  const inTurn = (beside: readonly PrismaCallSite[]) => [
    ...beside.filter((call) => !after.includes(call)),
    ...own,
    ...beside.filter((call) => after.includes(call)),
    ...fields,
  ];
  const sure = inTurn(others.filter((call) => named.includes(call)));
  const calls = enough(sure, inTurn(others), rows.length);
  const reason =
    own.length === 0
      ? message(
          "{0} doesn't call {1}; a guard, field resolver or similar does.",
          caller.symbol,
          shown,
        )
      : message(
          '{0} and code that runs around it, such as a guard, both call {1}.',
          caller.symbol,
          shown,
        );
  return { calls, confidence, ordered: true, reason };
}

/**
 * A public route is let pass by the guards of all handlers: they count only where there are more spans.
 * A call that both a guard and the handler reach stands twice, unless it is the only one.
 */
function enough(
  sure: readonly PrismaCallSite[],
  all: readonly PrismaCallSite[],
  spans: number,
): readonly PrismaCallSite[] {
  const isEnough = sure.some(({ inLoop }) => inLoop) || spans <= sure.length;
  const calls = sure.length > 0 && isEnough ? sure : all;
  return calls.every((call) => call === calls[0]) ? calls.slice(0, 1) : calls;
}

/** A resolver of a field runs for each element of a list. */
const eachOfList = (call: PrismaCallSite): PrismaCallSite => ({ ...call, inLoop: true });

/**
 * Where no request is above: what runs at the start of the application (providers' factories too), by the clock, for
 * an event or for a message whose transport isn't instrumented.
 */
export function callsWithoutRequest(key: string, context: MatchContext): readonly PrismaCallSite[] {
  const { index } = context;
  const started = index.handlers.flatMap(({ kind, methodId }) =>
    kind === 'http' || kind === 'graphql' ? [] : [methodId],
  );
  const outside = callsFitting(lookupsOf(index).prismaCallsByKey, key).filter(
    ({ methodId }) => methodId === undefined || index.method(methodId)?.name === 'useFactory',
  );
  return [...outside, ...reachedFrom([...index.lifecycleHooks(), ...started], key, context)];
}

/** What any guard, interceptor or the like reaches. */
const ofSteps = (key: string, context: MatchContext) =>
  reachedFrom(context.index.globalEnhancers(), key, context);

function reachedFrom(
  methods: readonly string[],
  key: string,
  { index }: MatchContext,
): readonly PrismaCallSite[] {
  const reached = methods.flatMap((method) => prismaCallsReached(index, method));
  const calls = reached.filter(
    ({ call, model }) => callKey(model ?? call.model, call.operation) === key,
  );
  return distinct(calls.map(({ call }) => call));
}

/** Each call once, where it stands first. */
const distinct = (calls: readonly PrismaCallSite[]): readonly PrismaCallSite[] =>
  calls.filter(({ id }, at) => calls.findIndex((call) => call.id === id) === at);
