import { attributeOf, textAttribute } from '../../../trace/rawSpan.ts';
import { isTransactionControl } from '../../../trace/statementTarget.ts';
import type { CallBatch } from './callBatches.ts';
import type { MatchContext } from '../../matchContext.ts';
import { modelTablesOf, type QuerySubject } from './modelTables.ts';

/** A query of a batch. */
export interface BatchQuery {
  readonly row: number;
  readonly start: number;
  readonly end: number;
  /** Undefined: not understood. */
  readonly subject: QuerySubject | undefined;
  /** Row of the span of Prisma's engine that it is in, of which each answers one request; -1: of the client's own. */
  readonly engine: number;
}

/** Prisma compiled these requests at once, or one of them. */
export interface Compilation {
  readonly row: number;
  /** In lower case; empty for a raw request. */
  readonly models: readonly string[];
}

export interface BatchWork {
  /** In the order they began; those of one millisecond may be in any. */
  readonly queries: readonly BatchQuery[];
  readonly compilations: readonly Compilation[];
  /** What belongs to no query: it begins or ends transactions, or is the engine's own. */
  readonly rest: readonly Pick<BatchQuery, 'row' | 'engine'>[];
  /** A transaction around the batch was begun in it. */
  readonly begins: boolean;
  /** All its calls ran to their end. */
  readonly isCommitted: boolean;
}

/** What Prisma did below the first call of a batch. */
export function workOf({ first }: CallBatch, context: MatchContext): BatchWork {
  const { trace, index } = context;
  const { start, duration, subtreeSize } = trace.columns;
  const tables = modelTablesOf(index);
  const queries: BatchQuery[] = [];
  const compilations: Compilation[] = [];
  const rest: Pick<BatchQuery, 'row' | 'engine'>[] = [];
  let isCommitted = endsWell(first.transaction, context);
  let begins = false;
  for (const top of first.work) {
    const end = top + (subtreeSize[top] ?? 1);
    const engine = trace.spans[top]?.name.startsWith('prisma:engine') ? top : -1;
    for (let row = top; row < end; row++) {
      const { name = '', attributes = [] } = trace.spans[row] ?? {};
      const statement = textAttribute(attributes, 'db.query.text', 'db.statement');
      const isControl = statement !== undefined && isTransactionControl(statement);
      if (name === 'prisma:client:compile') {
        compilations.push({ row, models: compiledModels(row, context) });
      } else if (isControl || statement === undefined) {
        const isCommit = isControl
          ? /commit/i.test(statement)
          : name.endsWith(':commit_transaction');
        isCommitted ||= isCommit;
        begins ||= isCommit || name.endsWith(':start_transaction');
        rest.push({ row, engine });
      } else {
        const begun = start[row] ?? 0;
        const ended = begun + (duration[row] ?? 0);
        const subject = tables.subjectOf(statement);
        queries.push({ row, start: begun, end: ended, subject, engine });
        // What a driver shows of the query is below it, and follows it.
        row += (subtreeSize[row] ?? 1) - 1;
      }
    }
  }
  queries.sort((a, b) => a.start - b.start || a.row - b.row);
  return { queries, compilations, rest, begins, isCommitted };
}

/** An interactive transaction is ended beside its calls. */
function endsWell(transaction: number, { trace }: MatchContext): boolean {
  if (transaction === -1) return false;
  const { subtreeSize, parent } = trace.columns;
  const end = transaction + (subtreeSize[transaction] ?? 1);
  for (let row = transaction + 1; row < end; row += subtreeSize[row] ?? 1) {
    if (parent[row] === transaction && trace.spans[row]?.name.endsWith(':commit_transaction')) {
      return true;
    }
  }
  return false;
}

/** `models` and `actions` of a compile span, in lower case; a backend may keep lists as JSON. Raw requests have no model. */
function compiledModels(row: number, { trace }: MatchContext): readonly string[] {
  const { attributes = [] } = trace.spans[row] ?? {};
  const models = textsOf(attributeOf(attributes, 'models'));
  const raw = textsOf(attributeOf(attributes, 'actions')).filter((action) =>
    /^(?:query|execute|runCommand)Raw/.test(action),
  );
  return [...models.map((model) => model.toLowerCase()), ...raw.map(() => '')];
}

function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.filter((one) => typeof one === 'string');
  if (typeof value !== 'string' || !value.startsWith('[')) return [];
  try {
    return textsOf(JSON.parse(value) as unknown);
  } catch {
    return [];
  }
}
