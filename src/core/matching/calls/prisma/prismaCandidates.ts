import { message } from '../../../base/message.ts';
import type { PrismaCallSite } from '../../../code/model.ts';
import { pipelineCandidates, callsWithoutRequest } from './pipelineCandidates.ts';
import type { CallGroup, Candidates } from './callGroup.ts';
import { inSourceOrder } from './callOrder.ts';
import { lower } from '../../confidence.ts';
import { callsRunIn, showsTransactions } from './transactionScope.ts';
import { placeOf, type MatchContext } from '../../matchContext.ts';
import { callsFitting, lookupsOf } from '../../lookups.ts';

/** What the handler above reaches, else what there is in the service's folder, else in the workspace. */
export const findCandidates = (group: CallGroup, context: MatchContext): Candidates =>
  pipelineCandidates(group, context) ?? reachable(group, context) ?? anywhere(group, context);

/** Calls in the method that ran and in what it calls. */
function reachable(group: CallGroup, context: MatchContext): Candidates | undefined {
  const { caller, key, shown, within } = group;
  if (caller === undefined || caller.part === 'around' || within === 'operation') return undefined;
  const reached = inSourceOrder(caller.calls(key));
  const calls = callsRunIn(within, reached);
  if (calls.length === 0) return undefined;
  const isTold = calls.length < reached.length;
  const doubt = doubtOf(group, reached, calls, context);
  const confidence = lower(doubt === undefined ? 'strong' : 'likely', caller.confidence);
  const which =
    calls.length > 1
      ? message('{0} calls {1} in several places.', caller.symbol, shown)
      : !isTold
        ? message('The only {0} called from {1}.', shown, caller.symbol)
        : within === 'transaction'
          ? message('The only {0} called from {1} in a transaction.', shown, caller.symbol)
          : message('The only {0} called from {1} outside a transaction.', shown, caller.symbol);
  const reason = doubt === undefined ? which : `${which} ${doubt}`;
  return { calls, confidence, ordered: true, reason };
}

/** Why the only call that is reached may still be the wrong one. */
function doubtOf(
  { caller, key, shown, service }: CallGroup,
  reached: readonly PrismaCallSite[],
  calls: readonly PrismaCallSite[],
  context: MatchContext,
): string | undefined {
  if (caller === undefined) return undefined;
  const all = callsFitting(lookupsOf(context.index).prismaCallsByKey, key);
  const isEvery = all.every((call) => reached.includes(call));
  if (caller.part !== 'inside' && !isEvery) {
    return message('A guard or interceptor may have made this call.');
  }
  if (!isEvery && context.index.callsUnknown(caller.methodId)) {
    return message("{0} also runs code that Spanhop couldn't follow.", caller.symbol);
  }
  const [only] = calls;
  if (only?.through?.startsWith('@') === true)
    return message('Started or joined by {0} on {1}.', only.through, only.enclosing);
  if (only?.model === undefined && only?.models === undefined && !key.startsWith('.')) {
    const isCertain = caller.isModelKnown(key);
    if (!isCertain) return message('The model of this {0} is set at run time.', shown);
  }
  return calls.length < reached.length && !showsTransactions(service, context)
    ? message('The trace has no transaction spans.')
    : undefined;
}

/** Calls of the service's folder, else of the workspace; outside the handler first where it ran there. */
function anywhere(group: CallGroup, context: MatchContext): Candidates {
  const { caller, key, shown, rows, within } = group;
  const { project } = placeOf(rows[0] ?? 0, context);
  const all = callsFitting(lookupsOf(context.index).prismaCallsByKey, key);
  const own = all.filter((call) => call.project === project?.id);
  const fitting = own.length > 0 ? own : all;
  if (fitting.length === 0) {
    const reason = message('No {0} call found in the workspace.', shown);
    return { calls: [], confidence: 'weak', ordered: false, reason };
  }
  const reached =
    caller?.part === 'around' && within !== 'operation' ? inSourceOrder(caller.calls(key)) : [];
  const alone =
    caller === undefined && within !== 'operation' && context.server[rows[0] ?? 0] === -1
      ? callsWithoutRequest(key, context).filter((call) => fitting.includes(call))
      : [];
  const outside = likelyThere(
    within,
    alone.length > 0 ? alone : fitting.filter((call) => !reached.includes(call)),
  );
  if (caller !== undefined && outside.length === 0 && within !== 'operation') {
    const reason = message(
      '{0} calls this {1}; it ran after the handler returned, for example in a stream.',
      caller.symbol,
      shown,
    );
    return { calls: reached, confidence: 'likely', ordered: true, reason };
  }
  const which =
    own.length > 0
      ? message("{0} call in the service's folder.", shown)
      : message("{0} call outside the service's folder.", shown);
  return {
    calls: outside,
    confidence: own.length > 0 ? 'likely' : 'weak',
    ordered: false,
    reason: `${whyNotReached(group)} ${which}`,
  };
}

/** Inside another call: those of extensions, where there are any. */
function likelyThere(
  within: CallGroup['within'],
  calls: readonly PrismaCallSite[],
): readonly PrismaCallSite[] {
  const extending =
    within === 'operation' ? calls.filter(({ inExtension }) => inExtension !== undefined) : [];
  return extending.length > 0 ? extending : calls;
}

function whyNotReached({ caller, shown, within }: CallGroup): string {
  if (within === 'operation') {
    return message('Ran inside another Prisma call, in an extension or middleware.');
  }
  if (caller === undefined) return message('No handler found above this span.');
  return caller.part === 'around'
    ? message('Ran outside {0}, in a guard, pipe, interceptor or middleware.', caller.symbol)
    : message('No {1} call found in {0} or the code it calls.', caller.symbol, shown);
}
