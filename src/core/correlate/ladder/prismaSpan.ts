import { message } from '../../base/message.ts';
import type { PrismaCall } from '../../code/model.ts';
import { textAttribute, type RawSpan } from '../../trace/rawSpan.ts';
import type { Confidence, SpanMatch } from '../match.ts';
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
  /** Code of the service in the trace. */
  readonly service: number;
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

/** Candidates, the same for each run of a method, and the matches made of them. */
interface Choice extends Candidates {
  readonly matches: Map<string, SpanMatch>;
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
    const group = groups.get(id) ?? { caller, service, ...names, rows: [] };
    group.rows.push(row);
    groups.set(id, group);
  }
  const choices = new Map<string, Choice>();
  for (const group of groups.values()) {
    const { caller, service, key } = group;
    const id = JSON.stringify([service, caller?.methodId, caller?.part, caller?.confidence, key]);
    const choice = choices.get(id) ?? {
      ...(reachable(group, state) ?? anywhere(group, state)),
      matches: new Map(),
    };
    choices.set(id, choice);
    for (const [position, match] of chooseInOrder(choice, group.rows.length).entries()) {
      state.matches[group.rows[position] ?? -1] = match;
    }
  }
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

/** The matches of as many spans. */
function chooseInOrder(choice: Choice, spans: number): readonly SpanMatch[] {
  const { calls, confidence, ordered, reason } = choice;
  const [only] = calls;
  if (only === undefined || calls.length === 1) {
    const match = shared(choice, '', () =>
      only === undefined ? unmapped(reason) : callMatch(only, [], confidence, reason),
    );
    return Array.from({ length: spans }, () => match);
  }
  const assigned = ordered
    ? assignInOrder(spans, calls)
    : Array.from({ length: spans }, () => ({ call: only, fits: false }));
  return assigned.map(({ call, fits }) =>
    shared(choice, `${call.id} ${fits}`, () => chosen(choice, call, fits)),
  );
}

function chosen({ calls, confidence, reason }: Choice, call: PrismaCall, fits: boolean): SpanMatch {
  const how = fits
    ? message('{0} calls fit; told apart by the order of the spans.', calls.length)
    : message('{0} calls fit, and the order of the spans does not tell which.', calls.length);
  const others = calls.filter((other) => other !== call);
  return callMatch(call, others, lower(confidence, fits ? 'likely' : 'weak'), `${reason} ${how}`);
}

/** Spans of one call share one match. */
function shared({ matches }: Choice, key: string, make: () => SpanMatch): SpanMatch {
  const match = matches.get(key) ?? make();
  matches.set(key, match);
  return match;
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
