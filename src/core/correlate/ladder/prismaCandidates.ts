import { message } from '../../base/message.ts';
import type { PrismaCall } from '../../code/model.ts';
import type { Confidence } from '../match.ts';
import type { Caller } from './caller.ts';
import { lower } from './confidence.ts';
import { placeOf, type LadderState } from './ladderState.ts';
import { lookupsOf } from './lookups.ts';

/** Spans of one model and operation that one run of a method made, in the order they began. */
export interface CallGroup {
  readonly caller: Caller | undefined;
  /** Code of the service in the trace. */
  readonly service: number;
  readonly key: string;
  /** As a span names it: `Order.findMany`, `queryRaw`. */
  readonly shown: string;
  readonly rows: number[];
}

/** Candidates for a group, and how sure one of them is when it is the only one. */
export interface Candidates {
  readonly calls: readonly PrismaCall[];
  readonly confidence: Confidence;
  /** Whether the calls are in source order, so that the order of spans can tell them apart. */
  readonly ordered: boolean;
  readonly reason: string;
}

/** What the handler above reaches, else what there is in the service's folder, else in the workspace. */
export const findCandidates = (group: CallGroup, state: LadderState): Candidates =>
  reachable(group, state) ?? anywhere(group, state);

/** Calls in the method that ran and in what it calls. */
function reachable({ caller, key, shown }: CallGroup, state: LadderState): Candidates | undefined {
  if (caller === undefined || caller.part === 'around') return undefined;
  const calls = inSourceOrder(caller.calls(key));
  if (calls.length === 0) return undefined;
  const alone = lookupsOf(state.index).callsByKey.get(key)?.length === calls.length;
  const sure = caller.part === 'inside' || alone ? 'strong' : 'likely';
  const reason =
    calls.length === 1
      ? message('The only {0} that {1} reaches.', shown, caller.symbol)
      : message('{0} reaches several {1}.', caller.symbol, shown);
  return { calls, confidence: lower(sure, caller.confidence), ordered: true, reason };
}

/** Calls of the service's folder, else of the workspace; outside the handler first where it ran there. */
function anywhere({ caller, key, shown, rows }: CallGroup, state: LadderState): Candidates {
  const { project } = placeOf(state, rows[0] ?? 0);
  const all = lookupsOf(state.index).callsByKey.get(key) ?? [];
  const own = all.filter((call) => call.project === project?.id);
  const fitting = own.length > 0 ? own : all;
  if (fitting.length === 0) {
    const reason = message('There is no call of {0} in the workspace.', shown);
    return { calls: [], confidence: 'weak', ordered: false, reason };
  }
  const reached = caller?.part === 'around' ? inSourceOrder(caller.calls(key)) : [];
  const outside = fitting.filter((call) => !reached.includes(call));
  if (caller !== undefined && outside.length === 0) {
    const reason = message(
      '{0} reaches this {1}; it ran after the handler returned, as a stream does.',
      caller.symbol,
      shown,
    );
    return { calls: reached, confidence: 'likely', ordered: true, reason };
  }
  const which =
    own.length > 0
      ? message('This is a {0} in the folder of the service.', shown)
      : message('This is a {0} of the workspace, in another folder than the service.', shown);
  return {
    calls: outside,
    confidence: own.length > 0 ? 'likely' : 'weak',
    ordered: false,
    reason: `${whyNotReached(caller, shown)} ${which}`,
  };
}

function whyNotReached(caller: Caller | undefined, shown: string): string {
  if (caller === undefined) return message('No handler is known above this span.');
  return caller.part === 'around'
    ? message('It ran outside {0}: in a guard, pipe, interceptor or middleware.', caller.symbol)
    : message('{0} reaches no {1}, as far as the code tells.', caller.symbol, shown);
}

/** Calls in one method by line; methods stay as near as they were. */
function inSourceOrder(calls: readonly PrismaCall[]): readonly PrismaCall[] {
  const methods = [...new Set(calls.map(({ methodId }) => methodId))];
  return calls.toSorted(
    (a, b) =>
      methods.indexOf(a.methodId) - methods.indexOf(b.methodId) ||
      a.location.line - b.location.line ||
      a.location.column - b.location.column,
  );
}
