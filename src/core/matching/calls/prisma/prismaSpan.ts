import { message } from '../../../base/message.ts';
import type { PrismaCallSite } from '../../../code/model.ts';
import { textAttribute, type RawSpan } from '../../../trace/rawSpan.ts';
import type { SpanMatch } from '../../match.ts';
import { callersOf } from '../caller.ts';
import { callMatch } from '../callMatch.ts';
import { assignInOrder } from './callOrder.ts';
import { lower } from '../../confidence.ts';
import { unmapped } from '../../handlerMatch.ts';
import type { Found, MatchContext } from '../../matchContext.ts';
import { callKey } from '../../lookups.ts';
import { transactionScopeOf } from './transactionScope.ts';
import { findCandidates } from './prismaCandidates.ts';
import type { CallGroup, Candidates } from './callGroup.ts';
import { chooseByContents } from './transactionSpan.ts';

/** Candidates, the same for each run of a method, and the matches made of them. */
interface Choice extends Candidates {
  readonly matches: Map<string, SpanMatch>;
}

/** Step 4 of the ladder: what was found, with the match of each Prisma operation and transaction that had none. */
export function matchPrismaOperations(found: Found, context: MatchContext): Found {
  const matches = [...found];
  const callers = callersOf(found, context);
  const groups = new Map<string, CallGroup>();
  let row = -1;
  for (const span of context.trace.spans) {
    row++;
    const names = found[row] === undefined ? operationOf(span) : undefined;
    if (names === undefined) continue;
    const caller = callers(row);
    const service = context.trace.columns.service[row] ?? 0;
    const within = transactionScopeOf(row, caller?.row ?? -1, context);
    const id = `${service} ${caller?.row ?? -1} ${within} ${names.key}`;
    const group = groups.get(id);
    if (group) group.rows.push(row);
    else groups.set(id, { caller, service, within, ...names, rows: [row] });
  }
  const choices = new Map<string, Choice>();
  // Transactions last: what ran inside tells them apart.
  const isLast = ({ key }: CallGroup) => Number(key === transactionKey);
  for (const group of [...groups.values()].sort((a, b) => isLast(a) - isLast(b))) {
    const { caller, service, within, key } = group;
    const of = caller === undefined || caller.part === 'inside' ? 0 : group.rows.length;
    const id = `${service} ${caller?.code} ${within} ${of} ${key}`;
    const choice = choices.get(id) ?? {
      ...findCandidates(group, context),
      matches: new Map(),
    };
    choices.set(id, choice);
    const spans = group.rows.length;
    const isOrdered = choice.ordered && beganInOrder(group.rows, choice.calls, context);
    const chosen = chooseInOrder(choice, spans, isOrdered);
    for (const [position, row] of group.rows.entries()) {
      matches[row] = choiceByContents(choice, row, group, matches, context) ?? chosen[position];
    }
  }
  return matches;
}

const transactionKey = callKey(undefined, 'transaction');

function choiceByContents(
  choice: Choice,
  row: number,
  { key }: CallGroup,
  found: Found,
  context: MatchContext,
): SpanMatch | undefined {
  if (key !== transactionKey || choice.calls.length < 2) return undefined;
  const call = chooseByContents(choice.calls, row, found, context);
  if (call === undefined) return undefined;
  const reason = message('The calls inside match this $transaction.');
  return shared(choice, `${call.id} contents`, () =>
    callMatch(call, [], choice.confidence, reason),
  );
}

/** The model and operation of a `prisma:client:operation` or `prisma:client:transaction` span. */
export function operationOf({
  name,
  attributes,
}: RawSpan): { key: string; shown: string } | undefined {
  if (name === 'prisma:client:transaction') {
    return { key: transactionKey, shown: '$transaction' };
  }
  if (name !== 'prisma:client:operation') return undefined;
  const named = {
    method: textAttribute(attributes, 'method'),
    model: textAttribute(attributes, 'model'),
  };
  const parts =
    named.method === undefined || named.model === undefined
      ? (textAttribute(attributes, 'name') ?? '').split('.')
      : [];
  const method = named.method ?? parts.at(-1) ?? '';
  const model = named.model ?? parts.at(-2);
  return {
    key: callKey(model, method),
    shown: model === undefined ? method : `${model}.${method}`,
  };
}

/** The matches of as many spans. */
function chooseInOrder(choice: Choice, spans: number, isOrdered: boolean): readonly SpanMatch[] {
  const { calls, confidence, reason } = choice;
  const [only] = calls;
  if (only === undefined || calls.length === 1) {
    const match = shared(choice, '', () =>
      only === undefined
        ? unmapped('noPrismaCall', reason)
        : callMatch(only, [], confidence, reason),
    );
    return new Array<SpanMatch>(spans).fill(match);
  }
  const assigned = choice.ordered
    ? assignInOrder(spans, calls).map(({ call, fits }) => ({ call, fits: fits && isOrdered }))
    : Array.from({ length: spans }, () => ({ call: only, fits: false }));
  return assigned.map(({ call, fits }) =>
    shared(choice, `${call.id} ${fits}`, () => chosen(choice, call, fits)),
  );
}

function chosen(
  { calls, confidence, reason }: Choice,
  call: PrismaCallSite,
  fits: boolean,
): SpanMatch {
  const how = fits
    ? message('Chosen from {0} matching calls by the order of the spans.', calls.length)
    : message("{0} calls match, and the order of the spans doesn't tell them apart.", calls.length);
  const others = calls.filter((other) => other !== call);
  return callMatch(call, others, lower(confidence, fits ? 'likely' : 'weak'), `${reason} ${how}`);
}

/** Calls that are not awaited one after the other may begin in the same millisecond: then their order says nothing. */
function beganInOrder(
  rows: readonly number[],
  calls: readonly PrismaCallSite[],
  { trace }: MatchContext,
): boolean {
  const [first] = calls;
  if (calls.every((call) => call.awaited && call.methodId === first?.methodId)) return true;
  const { start } = trace.columns;
  return rows.every((row, at) => at === 0 || (start[row] ?? 0) > (start[rows[at - 1] ?? 0] ?? 0));
}

/** Spans of one call share one match. */
function shared({ matches }: Choice, key: string, make: () => SpanMatch): SpanMatch {
  const match = matches.get(key) ?? make();
  matches.set(key, match);
  return match;
}
