import { message } from '../../../base/message.ts';
import type { OtherCallSite } from '../../../code/model.ts';
import type { CallFit, CallSpans } from '../callSpans.ts';
import { titledReasons } from '../titledReasons.ts';
import { sqlFit, sqlFits } from './sqlFit.ts';
import { sqlQueryOf, type SqlQuery } from './sqlQuery.ts';

/** Spans of database clients: the call runs their statement. */
export const sqlSpans: CallSpans<SqlQuery> = {
  library: 'sql',
  asked: sqlQueryOf,
  // Below Prisma's own span, or that of a builder: part of its call.
  isPart: (_, row, __, { trace }) => {
    const above = trace.spans[trace.columns.parent[row] ?? -1];
    return (
      above !== undefined && (above.name.startsWith('prisma:') || sqlQueryOf(above) !== undefined)
    );
  },
  keyOf: ({ client, text, operation, table }) => [client, text, operation, table].join('\n'),
  fit,
  isFurther: ({ operation }, { text }) =>
    operation === 'transaction' && !/^(?:begin|start transaction)\b/.test(text),
  aloneInService: 'likely',
  reasons: titledReasons,
};

function fit(call: OtherCallSite, asked: SqlQuery): CallFit | undefined {
  const kind = sqlFit(call, asked);
  if (kind === undefined) return undefined;
  const isTold = kind === 'same' || kind === 'pattern';
  return {
    rank: sqlFits.indexOf(kind),
    doubt:
      isTold || kind === 'built'
        ? undefined
        : message('Part of this statement is set at run time.'),
    tells: isTold,
    isOpen: kind === 'open',
  };
}
