import { textAttribute, type RawSpan } from '../../../trace/rawSpan.ts';
import type { MatchContext } from '../../matchContext.ts';
import { operationOf } from './prismaSpan.ts';

/** A `prisma:client:operation` span. */
export interface BatchedCall {
  readonly row: number;
  /** In lower case; empty for raw calls. */
  readonly model: string;
  /** `findUnique`, `queryRaw`. */
  readonly operation: string;
  /** Row of the `$transaction` span around it, -1 without. */
  readonly transaction: number;
  /** µs since the trace began. */
  readonly start: number;
  readonly end: number;
  /** Rows right below it of what Prisma did for it, or for calls that ran together with it. */
  readonly work: readonly number[];
}

/** A call's span before its attributes are read: of most they never are. */
export interface FoundCall {
  readonly row: number;
  /** What Prisma did below it: nothing, what one call needs, or more than one compilation or query. */
  readonly work: 'none' | 'one' | 'more';
}

/** All calls of the trace, in rows. */
export function findCalls(context: MatchContext): readonly FoundCall[] {
  const found: FoundCall[] = [];
  let row = -1;
  for (const { name } of context.trace.spans) {
    row++;
    if (name === 'prisma:client:operation') found.push({ row, work: amountBelow(row, context) });
  }
  return found;
}

function amountBelow(row: number, { trace }: MatchContext): FoundCall['work'] {
  const { subtreeSize } = trace.columns;
  const end = row + (subtreeSize[row] ?? 1);
  let compiled = 0;
  let queries = 0;
  let isBusy = false;
  for (let below = row + 1; below < end; below += subtreeSize[below] ?? 1) {
    const span = trace.spans[below];
    if (span === undefined || span.name === 'prisma:client:serialize') continue;
    if (span.name === 'prisma:client:compile') compiled++;
    else if (isQuery(span)) queries++;
    else isBusy ||= work.has(span.name) || hasCalls(below, trace);
  }
  if (compiled > 1 || queries > 1) return 'more';
  return isBusy || compiled + queries > 0 ? 'one' : 'none';
}

/** An extension's own spans may be between a call and what it runs. */
function hasCalls(row: number, { spans, columns }: MatchContext['trace']): boolean {
  const end = row + (columns.subtreeSize[row] ?? 1);
  for (let below = row; below < end; below++) {
    const span = spans[below];
    if (span && (span.name === 'prisma:client:operation' || isWork(span))) return true;
  }
  return false;
}

const work = new Set([
  'prisma:client:compile',
  'prisma:client:db_query',
  'prisma:client:start_transaction',
  'prisma:client:commit_transaction',
  'prisma:client:rollback_transaction',
]);

function isQuery({ name, attributes }: RawSpan): boolean {
  if (name.startsWith('prisma:client:')) return name === 'prisma:client:db_query';
  if (name.startsWith('prisma:')) return true;
  return textAttribute(attributes, 'db.system.name', 'db.system') !== undefined;
}

const isWork = (span: RawSpan) => work.has(span.name) || isQuery(span);

/** Rows right below a call of what Prisma did there. */
export function workBelow(row: number, { trace }: MatchContext): readonly number[] {
  const { subtreeSize } = trace.columns;
  const rows: number[] = [];
  const end = row + (subtreeSize[row] ?? 1);
  for (let below = row + 1; below < end; below += subtreeSize[below] ?? 1) {
    const span = trace.spans[below];
    if (span && isWork(span)) rows.push(below);
  }
  return rows;
}

export function callAt(row: number, context: MatchContext): BatchedCall {
  const { spans, columns } = context.trace;
  const span = spans[row];
  const [model = '', operation = ''] = (span && operationOf(span))?.key.split('.') ?? [];
  const start = columns.start[row] ?? 0;
  return {
    row,
    model,
    operation,
    transaction: transactionAround(row, context),
    start,
    end: span?.unended ? Infinity : start + (columns.duration[row] ?? 0),
    work: workBelow(row, context),
  };
}

/** Between a transaction and its calls are spans of the application; hostile traces nest deeper. */
const mostLevels = 200;

function transactionAround(row: number, { trace }: MatchContext): number {
  const { parent } = trace.columns;
  let above = parent[row] ?? -1;
  for (let level = 0; above !== -1 && level < mostLevels; level++) {
    const { name, kind } = trace.spans[above] ?? {};
    if (name === 'prisma:client:transaction') return above;
    if (kind === 'server' || kind === 'consumer') return -1;
    above = parent[above] ?? -1;
  }
  return -1;
}
