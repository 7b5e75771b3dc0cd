import { isMatch } from '../../match.ts';
import { workOf, type BatchQuery, type BatchWork, type Compilation } from './batchQueries.ts';
import type { BatchedCall } from './batchedCall.ts';
import { callBatches, type CallBatch } from './callBatches.ts';
import type { MatchContext } from '../../matchContext.ts';
import { modelTablesOf } from './modelTables.ts';
import { partMatch, type PartKind } from '../partOfCall.ts';
import { makersOf, type Maker, type QueryMakers } from './queryMakers.ts';

/**
 * Sets the match of the queries, and of all other work, that Prisma hangs below the first of several calls: that of
 * the call which made it. Those of one line share it; but of what findUnique calls ran, another request's may be below it.
 */
export function matchBatches(state: MatchContext): void {
  for (const batch of callBatches(state)) {
    const lines = new Set([batch.first, ...batch.others].map((call) => lineOf(call, state)));
    if (lines.size > 1 || batch.kind === 'reads') matchBatch(batch, state);
  }
}

/** What calls of one line have in common. */
function lineOf({ row, model, operation }: BatchedCall, { matches }: MatchContext): string {
  const match = matches[row];
  return match && isMatch(match)
    ? (match.callId ?? `${match.location.path}:${match.location.line}`)
    : ` ${model}.${operation}`;
}

function matchBatch(batch: CallBatch, state: MatchContext): void {
  const work = workOf(batch, state);
  const makers = groupMakers(batch, state);
  const tables = modelTablesOf(state.index);
  const leads = batch.kind === 'reads' ? { ...work, queries: firstOfEngines(work.queries) } : work;
  const found = makersOf({ batch, work: leads, makers, tables });
  const byEngine = new Map<number, QueryMakers | undefined>();
  const setter = { batch, state };
  for (const query of leads.queries) {
    const made = found.get(query);
    setMade(query.row, made, setter);
    if (query.engine === -1) continue;
    const same =
      !byEngine.has(query.engine) || byEngine.get(query.engine)?.makers[0] === made?.makers[0];
    byEngine.set(query.engine, same ? made : { makers, isCertain: true });
  }
  for (const { row, engine } of work.queries) {
    if (state.matches[row] === undefined) setMade(row, byEngine.get(engine), setter);
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
  readonly state: MatchContext;
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
function groupMakers({ first, others }: CallBatch, state: MatchContext): readonly Maker[] {
  const calls = [first, ...others].sort(
    (a, b) => a.start - b.start || b.end - a.end || a.row - b.row,
  );
  const makers = new Map<string, Maker & { calls: BatchedCall[] }>();
  for (const call of calls) {
    const { model, operation } = call;
    const key = `${model}.${operation} ${lineOf(call, state)}`;
    const maker = makers.get(key) ?? { model, operation, calls: [] };
    makers.set(key, maker);
    maker.calls.push(call);
  }
  return [...makers.values()];
}

function setMade(row: number, made: QueryMakers | undefined, { batch, state }: Setter): void {
  const { first } = batch;
  const makers = made?.makers ?? [];
  const own = makers.find(({ calls }) => calls.includes(first));
  const call = own ? first : makers[0]?.calls[0];
  const lines = new Set(makers.flatMap(({ calls: [one] }) => (one ? [lineOf(one, state)] : [])));
  const isCertain = made?.isCertain ?? false;
  if (call === undefined) setPart(row, first, 'unknown', state);
  else if (lines.size > 1) setPart(row, call, 'shared', state, makers);
  else if (!isCertain) setPart(row, call, 'order', state);
  else setPart(row, call, call === first ? 'above' : 'together', state);
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
function setTransaction(row: number, { batch: { first }, state }: Setter): boolean {
  const match = state.matches[first.transaction];
  if (match === undefined || !isMatch(match)) return false;
  state.matches[row] ??= partMatch(match, 'transaction', state);
  return true;
}

function setPart(
  row: number,
  call: BatchedCall,
  kind: PartKind,
  state: MatchContext,
  sharedBy: readonly Maker[] = [],
): void {
  const match = state.matches[call.row];
  const sharing = sharedBy.flatMap(({ calls: [one] }) => state.matches[one?.row ?? -1] ?? []);
  if (match !== undefined) state.matches[row] ??= partMatch(match, kind, state, sharing);
}
