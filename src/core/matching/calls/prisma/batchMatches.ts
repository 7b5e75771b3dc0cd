import { isMatch, type SpanMatch } from '../../match.ts';
import { workOf, type BatchQuery, type BatchWork, type Compilation } from './batchQueries.ts';
import type { BatchedCall } from './batchedCall.ts';
import { callBatches, type CallBatch } from './callBatches.ts';
import type { Found, MatchContext } from '../../matchContext.ts';
import { modelTablesOf } from './modelTables.ts';
import { partMatch, type PartKind } from '../partOfCall.ts';
import { makersOf, type Maker, type QueryMakers } from './queryMakers.ts';

/**
 * What was found, with the match of the queries, and of all other work, that Prisma hangs below the first of several
 * calls: that of the call which made it. Those of one line share it; but of what findUnique calls ran, another request's may be below it.
 */
export function matchBatches(found: Found, context: MatchContext): Found {
  const matches = [...found];
  for (const batch of callBatches(context)) {
    const lines = new Set([batch.first, ...batch.others].map((call) => lineOf(call, matches)));
    if (lines.size > 1 || batch.kind === 'reads') matchBatch({ batch, matches }, context);
  }
  return matches;
}

/** What calls of one line have in common. */
function lineOf({ row, model, operation }: BatchedCall, matches: Found): string {
  const match = matches[row];
  return match && isMatch(match)
    ? (match.callId ?? `${match.location.path}:${match.location.line}`)
    : ` ${model}.${operation}`;
}

function matchBatch(setter: Setter, context: MatchContext): void {
  const { batch, matches } = setter;
  const work = workOf(batch, context);
  const makers = groupMakers(batch, matches);
  const tables = modelTablesOf(context.index);
  const leads = batch.kind === 'reads' ? { ...work, queries: firstOfEngines(work.queries) } : work;
  const found = makersOf({ batch, work: leads, makers, tables });
  const byEngine = new Map<number, QueryMakers | undefined>();
  for (const query of leads.queries) {
    const made = found.get(query);
    setMade(query.row, made, setter);
    if (query.engine === -1) continue;
    const same =
      !byEngine.has(query.engine) || byEngine.get(query.engine)?.makers[0] === made?.makers[0];
    byEngine.set(query.engine, same ? made : { makers, isCertain: true });
  }
  for (const { row, engine } of work.queries) {
    if (matches[row] === undefined) setMade(row, byEngine.get(engine), setter);
  }
  for (const compilation of work.compilations) setCompilation(compilation, makers, work, setter);
  for (const { row, engine } of work.rest) {
    const made = byEngine.get(engine) ?? { makers, isCertain: true };
    if (made.makers.length > 1 && work.begins && setTransaction(row, setter)) continue;
    setMade(row, made, setter);
  }
}

interface Setter {
  readonly batch: CallBatch;
  /** Of the trace; those of the batch are added. */
  readonly matches: (SpanMatch | undefined)[];
}

/** Each span of Prisma's engine answers one request: all its queries are those of the first. */
function firstOfEngines(queries: readonly BatchQuery[]): readonly BatchQuery[] {
  const engines = new Set<number>();
  return queries.filter(({ engine }) => {
    const isFirst = engine === -1 || !engines.has(engine);
    engines.add(engine);
    return isFirst;
  });
}

/** In the order the calls began. All of a batch end together: of those of one millisecond the longer began before. */
function groupMakers({ first, others }: CallBatch, matches: Found): readonly Maker[] {
  const calls = [first, ...others].sort(
    (a, b) => a.start - b.start || b.end - a.end || a.row - b.row,
  );
  const makers = new Map<string, Maker & { calls: BatchedCall[] }>();
  for (const call of calls) {
    const { model, operation } = call;
    const key = `${model}.${operation} ${lineOf(call, matches)}`;
    const maker = makers.get(key) ?? { model, operation, calls: [] };
    makers.set(key, maker);
    maker.calls.push(call);
  }
  return [...makers.values()];
}

function setMade(row: number, made: QueryMakers | undefined, { batch, matches }: Setter): void {
  const { first } = batch;
  const makers = made?.makers ?? [];
  const own = makers.find(({ calls }) => calls.includes(first));
  const call = own ? first : makers[0]?.calls[0];
  const lines = new Set(makers.flatMap(({ calls: [one] }) => (one ? [lineOf(one, matches)] : [])));
  const isCertain = made?.isCertain ?? false;
  if (call === undefined) setPart(row, first, 'unknown', matches);
  else if (lines.size > 1) setPart(row, call, 'shared', matches, makers);
  else if (!isCertain) setPart(row, call, 'order', matches);
  else setPart(row, call, call === first ? 'above' : 'together', matches);
}

function setCompilation(
  { row, models }: Compilation,
  makers: readonly Maker[],
  work: BatchWork,
  setter: Setter,
): void {
  const asked = makers.filter(({ model }) => models.includes(model));
  const isOfAll = new Set(models).size > 1;
  if (isOfAll && work.begins && setTransaction(row, setter)) return;
  const same = work.compilations.filter((one) => one.models.join() === models.join());
  const position = same.findIndex((one) => one.row === row);
  const byOrder = same.length === asked.length ? asked[position] : undefined;
  setMade(
    row,
    !isOfAll && asked.length > 1 && byOrder
      ? { makers: [byOrder], isCertain: false }
      : { makers: asked, isCertain: true },
    setter,
  );
}

/** What begins, compiles and ends a transaction of several calls is the `$transaction`'s; false: it has no span. */
function setTransaction(row: number, { batch: { first }, matches }: Setter): boolean {
  const match = matches[first.transaction];
  if (match === undefined || !isMatch(match)) return false;
  matches[row] ??= partMatch(match, 'transaction');
  return true;
}

function setPart(
  row: number,
  call: BatchedCall,
  kind: PartKind,
  matches: (SpanMatch | undefined)[],
  sharedBy: readonly Maker[] = [],
): void {
  const match = matches[call.row];
  const sharing = sharedBy.flatMap(({ calls: [one] }) => matches[one?.row ?? -1] ?? []);
  if (match !== undefined) matches[row] ??= partMatch(match, kind, sharing);
}
