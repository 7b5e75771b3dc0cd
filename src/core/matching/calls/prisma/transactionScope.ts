import { onceEach } from '../../../base/onceEach.ts';
import type { PrismaCallSite } from '../../../code/model.ts';
import type { Trace } from '../../../trace/trace.ts';
import type { MatchContext } from '../../matchContext.ts';

/** What of Prisma's a call's span is inside of, below the method that ran it. */
export type TransactionScope = 'nothing' | 'transaction' | 'operation';

/** Between a method's span and its calls there are a few of Prisma's spans; hostile traces nest deeper. */
const maxLevels = 50;

/** `operation`: an extension or middleware made the call while another call ran. */
export function transactionScopeOf(
  row: number,
  callerRow: number,
  context: MatchContext,
): TransactionScope {
  const { parent } = context.trace.columns;
  let found: TransactionScope = 'nothing';
  let above = parent[row] ?? -1;
  for (let level = 0; above > callerRow && level < maxLevels; level++) {
    const name = context.trace.spans[above]?.name;
    if (name === 'prisma:client:operation' || name === 'prisma:client:middleware') {
      return 'operation';
    }
    if (name === 'prisma:client:transaction') found = 'transaction';
    above = parent[above] ?? -1;
  }
  return found;
}

/**
 * The calls that can have run there: what is written inside a `$transaction` runs inside its span; what is
 * awaited beside it, in the same method, doesn't.
 */
export function callsRunIn(
  surroundings: TransactionScope,
  calls: readonly PrismaCallSite[],
): readonly PrismaCallSite[] {
  if (surroundings === 'nothing') {
    const outside = calls.filter(({ inTransaction }) => !inTransaction);
    return outside.length > 0 ? outside : calls;
  }
  const methods = new Set(
    calls.filter(({ inTransaction }) => inTransaction).map(({ methodId }) => methodId),
  );
  return calls.filter(
    ({ inTransaction, awaited, methodId }) => inTransaction || !awaited || !methods.has(methodId),
  );
}

/** True when the service's spans in this trace show transactions at all: its options can leave them out. */
export const showsTransactions = (service: number, { trace }: MatchContext): boolean =>
  servicesWithTransactions(trace).has(service);

const servicesWithTransactions = onceEach(({ spans, columns }: Trace): ReadonlySet<number> => {
  const services = new Set<number>();
  for (const [row, { name }] of spans.entries()) {
    if (name === 'prisma:client:transaction') services.add(columns.service[row] ?? 0);
  }
  return services;
});
