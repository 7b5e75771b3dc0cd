import { message } from '../../base/message.ts';
import type { PrismaCall } from '../../code/model.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import type { Confidence } from '../match.ts';
import { callersOf, type Caller } from './caller.ts';
import { callMatch } from './callMatch.ts';
import { assignInOrder } from './callOrder.ts';
import { lower } from './confidence.ts';
import { unmapped } from './handlerMatch.ts';
import { placeOf, type LadderState } from './ladderState.ts';
import { callKey, lookupsOf } from './lookups.ts';

/** Spans of one model and operation that one run of a method made, in the order they began. */
interface CallGroup {
  readonly caller: Caller | undefined;
  readonly key: string;
  /** As a span names it: `Order.findMany`, `queryRaw`. */
  readonly shown: string;
  readonly rows: number[];
}

/** Candidates for a group, and how sure one of them is when it is the only one. */
interface Candidates {
  readonly calls: readonly PrismaCall[];
  readonly confidence: Confidence;
  /** Whether the calls are in source order, so that the order of spans can tell them apart. */
  readonly ordered: boolean;
  readonly reason: string;
}

/** Step 4 of the ladder: sets the match of each Prisma operation and transaction that has none. */
export function matchPrismaOperations(state: LadderState): void {
  const callers = callersOf(state);
  const groups = new Map<string, CallGroup>();
  for (const [row, span] of state.trace.spans.entries()) {
    const names = state.matches[row] === undefined ? operationOf(span) : undefined;
    if (names === undefined) continue;
    const caller = callers(row);
    const service = state.trace.columns.service[row] ?? 0;
    const id = `${service} ${caller?.row ?? -1} ${names.key}`;
    const group = groups.get(id) ?? { caller, ...names, rows: [] };
    group.rows.push(row);
    groups.set(id, group);
  }
  for (const group of groups.values()) matchGroup(group, state);
}

/** The model and operation of a `prisma:client:operation` or `prisma:client:transaction` span. */
function operationOf({ name, attributes }: RawSpan): { key: string; shown: string } | undefined {
  if (name === 'prisma:client:transaction') {
    return { key: callKey(undefined, 'transaction'), shown: '$transaction' };
  }
  if (name !== 'prisma:client:operation') return undefined;
  const parts = (textAttribute(attributes, 'name') ?? '').split('.');
  const method = textAttribute(attributes, 'method') ?? parts.at(-1) ?? '';
  const model = textAttribute(attributes, 'model') ?? parts.at(-2);
  return {
    key: callKey(model, method),
    shown: model === undefined ? method : `${model}.${method}`,
  };
}

function matchGroup(group: CallGroup, state: LadderState): void {
  const candidates = reachable(group, state) ?? anywhere(group, state);
  const { calls } = candidates;
  const [only] = calls;
  if (only === undefined) {
    for (const row of group.rows) state.matches[row] = unmapped(candidates.reason);
    return;
  }
  if (calls.length === 1) {
    const match = callMatch(only, [], candidates.confidence, candidates.reason);
    for (const row of group.rows) state.matches[row] = match;
    return;
  }
  const assigned = candidates.ordered
    ? assignInOrder(group.rows.length, calls)
    : group.rows.map(() => ({ call: only, fits: false }));
  for (const [position, { call, fits }] of assigned.entries()) {
    const confidence = lower(candidates.confidence, fits ? 'likely' : 'weak');
    const how = fits
      ? message('{0} calls fit; told apart by the order of the spans.', calls.length)
      : message('{0} calls fit, and the order of the spans does not tell which.', calls.length);
    const others = calls.filter((other) => other !== call);
    const row = group.rows[position] ?? -1;
    state.matches[row] = callMatch(call, others, confidence, `${candidates.reason} ${how}`);
  }
}

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

/** Calls of the service's folder, else of the workspace. */
function anywhere({ caller, key, shown, rows }: CallGroup, state: LadderState): Candidates {
  const { project } = placeOf(state, rows[0] ?? 0);
  const all = lookupsOf(state.index).callsByKey.get(key) ?? [];
  const own = all.filter((call) => call.project === project?.id);
  const fitting = own.length > 0 ? own : all;
  const reached = new Set(caller?.part === 'around' ? caller.calls(key) : []);
  const outside = fitting.filter((call) => !reached.has(call));
  const calls = outside.length > 0 ? outside : fitting;
  if (calls.length === 0) {
    return {
      calls,
      confidence: 'weak',
      ordered: false,
      reason: message('There is no call of {0} in the workspace.', shown),
    };
  }
  const where =
    caller === undefined
      ? message('No handler is known above this span.')
      : caller.part === 'around'
        ? message('It ran outside {0}: in a guard, pipe, interceptor or middleware.', caller.symbol)
        : message('{0} reaches no {1}, as far as the code tells.', caller.symbol, shown);
  const which =
    own.length > 0
      ? message('This is a {0} in the folder of the service.', shown)
      : message('This is a {0} of the workspace, in another folder than the service.', shown);
  const confidence = own.length > 0 ? 'likely' : 'weak';
  return { calls, confidence, ordered: false, reason: `${where} ${which}` };
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
