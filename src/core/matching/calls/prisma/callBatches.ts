import { callAt, findCalls, workBelow, type BatchedCall } from './batchedCall.ts';
import { showsTransactions } from './transactionScope.ts';
import type { MatchContext } from '../../matchContext.ts';

/**
 * Calls that Prisma ran together. All of its work is below the first call that it was asked for: the others have
 * only their `serialize`.
 */
export interface CallBatch {
  readonly first: BatchedCall;
  readonly others: readonly BatchedCall[];
  /**
   * `transaction`: of one `$transaction`, one after the other. `reads`: findUnique calls of one tick, of any models, at
   * the same time; those of one model and shape share a query. `mixed`: of both.
   */
  readonly kind: 'transaction' | 'reads' | 'mixed';
  /** Calls of `others` that may as well be of another batch. */
  readonly unsure: ReadonlySet<BatchedCall>;
}

/** Starts are in whole milliseconds, and what measures ends may be another clock. */
export const startRounding = 1_000;

/** Comparisons of calls in one trace; only a made-up one needs more. */
const mostPairs = 2_000_000;

/**
 * The batches of a trace whose work may be of several calls, and those of one findUnique that may have run another
 * request's. Which calls can be batched follows Prisma's data loader: findUnique and findUniqueOrThrow of one tick,
 * and calls of one `$transaction`.
 */
export function callBatches(context: MatchContext): readonly CallBatch[] {
  const found = findCalls(context);
  const idle = found.filter(({ work }) => work === 'none');
  const leading = found
    .filter(({ work }) => work === 'more' || (work === 'one' && idle.length > 0))
    .map((one) => ({ ...one, ...leadOf(one.row, context), others: new Set<BatchedCall>() }))
    .sort((a, b) => a.dispatch - b.dispatch);
  const unsure = new Set<BatchedCall>();
  let pairs = 0;
  for (const { row } of idle) {
    const call = callAt(row, context);
    const fitting: typeof leading = [];
    for (let at = firstFrom(leading, call.start - startRounding); at < leading.length; at++) {
      const lead = leading[at];
      if (lead === undefined || lead.dispatch > call.end + startRounding) break;
      if ((pairs += 1) > mostPairs) return [];
      if (lead.answered <= call.end + startRounding) fitting.push(lead);
    }
    const chosen = chooseLeads(call, fitting, context);
    if (chosen.length > 1) unsure.add(call);
    for (const { others } of chosen) others.add(call);
  }
  return leading.flatMap((lead) => {
    const { work, others } = lead;
    if (others.size === 0 && work !== 'more') return [];
    const first = lead.call();
    if (others.size === 0 && !isUnique(first)) return [];
    return [{ first, others: [...others], kind: kindOf(first, others), unsure }];
  });
}

const isUnique = ({ operation, transaction }: BatchedCall) =>
  transaction === -1 && operation.startsWith('findUnique');

/** Of calls that Prisma worked below at that time: those that the call can have run together with. */
function chooseLeads<One extends Lead>(
  call: BatchedCall,
  leads: readonly One[],
  context: MatchContext,
): readonly One[] {
  const { service, parent } = context.trace.columns;
  const near = leads.filter((lead) => service[lead.call().row] === service[call.row]);
  const same = near.filter((lead) => lead.call().transaction === call.transaction);
  if (call.transaction !== -1 && same.length > 0) return same;
  if (call.transaction !== -1 || isUnique(call)) {
    const reads = same.filter((lead) => isUnique(lead.call()));
    if (reads.length > 0) return reads;
    const mixed = near.filter((lead) => lead.call().transaction !== -1 || isUnique(lead.call()));
    if (mixed.length > 0) return mixed;
  }
  // An application can leave out the spans of transactions.
  if (showsTransactions(service[call.row] ?? 0, context)) return [];
  return same.filter((lead) => {
    const { row, work } = lead.call();
    const name = (one: number) => context.trace.spans[one]?.name ?? '';
    return parent[row] === parent[call.row] && work.some((one) => begins.test(name(one)));
  });
}

const begins = /^prisma:(?:client:start_transaction$|engine)/;

function kindOf(first: BatchedCall, others: ReadonlySet<BatchedCall>): CallBatch['kind'] {
  const all = [first, ...others];
  if (all.every(isUnique)) return 'reads';
  return all.every(({ transaction }) => transaction === first.transaction) &&
    !(first.transaction === -1 && all.some(isUnique))
    ? 'transaction'
    : 'mixed';
}

interface Lead {
  /** Read when it is asked for. */
  readonly call: () => BatchedCall;
  /** When Prisma began to work: calls that it had not been asked for by then aren't in the batch. */
  readonly dispatch: number;
  /** When the first query was answered: calls that ended before aren't either. */
  readonly answered: number;
}

function leadOf(row: number, context: MatchContext): Lead {
  const { start, duration } = context.trace.columns;
  let dispatch = Infinity;
  let answered = Infinity;
  for (const below of workBelow(row, context)) {
    const begun = start[below] ?? 0;
    dispatch = Math.min(dispatch, begun);
    if (!beforeQueries.test(context.trace.spans[below]?.name ?? ''))
      answered = Math.min(answered, begun + (duration[below] ?? 0));
  }
  let known: BatchedCall | undefined;
  return { call: () => (known ??= callAt(row, context)), dispatch, answered };
}

const beforeQueries = /^prisma:client:(?:compile|start_transaction)$/;

function firstFrom(sorted: readonly { readonly dispatch: number }[], dispatch: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.dispatch ?? 0) < dispatch) low = middle + 1;
    else high = middle;
  }
  return low;
}
