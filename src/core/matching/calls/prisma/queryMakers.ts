import type { BatchQuery, BatchWork } from './batchQueries.ts';
import type { BatchedCall } from './batchedCall.ts';
import { startRounding, type CallBatch } from './callBatches.ts';
import type { ModelTables, QuerySubject } from './modelTables.ts';

/** Calls of a batch with one model, operation and line. */
export interface Maker {
  readonly model: string;
  readonly operation: string;
  readonly calls: readonly BatchedCall[];
}

/** Which calls made a query. */
export interface QueryMakers {
  /** Several: they share it. Empty: none of the batch can have. */
  readonly makers: readonly Maker[];
  readonly isCertain: boolean;
}

interface Problem {
  readonly batch: CallBatch;
  readonly work: BatchWork;
  readonly makers: readonly Maker[];
  readonly tables: ModelTables;
}

/** Rounds in which what is known tells of more, and pairs of calls and queries: batches of programs need far less. */
const mostRounds = 10;
const mostPairs = 200_000;

/**
 * Who made each query. Certain is one that a single call can have made, by table, verb, relations and time; and one
 * that a call must have made, for each has a query of its own on its own table, and there are no more of these than
 * such calls. The rest is told by order.
 */
export function makersOf(problem: Problem): ReadonlyMap<BatchQuery, QueryMakers> {
  const { batch, work, makers } = problem;
  if (makers.length * work.queries.length > mostPairs) return new Map();
  const firstRead = batch.kind === 'reads' ? readsByModel(work.queries) : undefined;
  const candidates = new Map(
    work.queries.map((query) => [
      query,
      makers.filter((maker) => canMake(maker, query, problem.tables, firstRead)),
    ]),
  );
  const found = new Map<BatchQuery, QueryMakers>();
  const isEach = batch.kind === 'reads' || (batch.kind === 'transaction' && work.isCommitted);
  let before = -1;
  for (let round = 0; found.size > before && round < mostRounds; round++) {
    before = found.size;
    for (const [query, [only, second]] of candidates) {
      if (only !== undefined && second === undefined && !found.has(query))
        found.set(query, { makers: [only], isCertain: true });
    }
    if (!isEach) continue;
    const claims = new Map<BatchQuery, Maker[]>();
    for (const maker of makers) {
      for (const query of needed(maker, candidates, found, problem))
        claims.set(query, [...(claims.get(query) ?? []), maker]);
    }
    for (const [query, claiming] of claims) {
      if (claiming.length === 1 || batch.kind === 'reads')
        found.set(query, { makers: claiming, isCertain: true });
    }
  }
  return withGuesses(problem, candidates, found);
}

/** The queries that the maker must have made: as many on its own table are left as it lacks. */
function needed(
  maker: Maker,
  candidates: ReadonlyMap<BatchQuery, readonly Maker[]>,
  found: ReadonlyMap<BatchQuery, QueryMakers>,
  { batch, work }: Problem,
): readonly BatchQuery[] {
  if (maker.calls.some((call) => batch.unsure.has(call))) return [];
  const own = work.queries.filter(
    (query) => isOwn(maker, query) && candidates.get(query)?.includes(maker) === true,
  );
  const has = own.filter((query) => found.get(query)?.makers.includes(maker)).length;
  // Reads of one model and shape share a query.
  const lacks = (batch.kind === 'reads' ? 1 : maker.calls.length) - has;
  const left = own.filter((query) => !found.has(query));
  return left.length === lacks ? left : [];
}

function withGuesses(
  { tables }: Problem,
  candidates: ReadonlyMap<BatchQuery, readonly Maker[]>,
  certain: ReadonlyMap<BatchQuery, QueryMakers>,
): ReadonlyMap<BatchQuery, QueryMakers> {
  const all = new Map<BatchQuery, QueryMakers>();
  const made = new Map<Maker, number>();
  const count = (maker: Maker | undefined) => {
    if (maker !== undefined) made.set(maker, (made.get(maker) ?? 0) + 1);
  };
  for (const [query, { makers: sure }] of certain) {
    if (sure.every((maker) => isOwn(maker, query))) sure.forEach(count);
  }
  let last: Maker | undefined;
  for (const [query, able] of candidates) {
    const known = certain.get(query);
    if (known === undefined) {
      const lacking = able.filter(
        (maker) => isOwn(maker, query) && (made.get(maker) ?? 0) < maker.calls.length,
      );
      const guess = lacking[0] ?? nearest(query, able, last, tables);
      if (lacking.length > 0) count(guess);
      all.set(query, { makers: guess === undefined ? [] : [guess], isCertain: false });
    } else all.set(query, known);
    last = all.get(query)?.makers[0] ?? last;
  }
  return all;
}

/** Of what is read or written besides a call's own record: by relations, and by what came before. */
function nearest(
  { subject }: BatchQuery,
  able: readonly Maker[],
  last: Maker | undefined,
  tables: ModelTables,
): Maker | undefined {
  const distance = ({ model, operation }: Maker) => {
    if (subject === undefined) return 1;
    const isOwnAgain = subject.models.includes(model) && !isReading(operation);
    return isOwnAgain ? 0 : distanceTo(subject, model, tables);
  };
  return able.toSorted(
    (a, b) => distance(a) - distance(b) || Number(b === last) - Number(a === last),
  )[0];
}

const distanceTo = ({ models, joins }: QuerySubject, model: string, tables: ModelTables) =>
  Math.min(...[...models, ...joins].map((other) => tables.distance(model, other)));

const isReading = (operation: string) => /^(?:find|count|aggregate|groupBy)/.test(operation);

/** @param firstRead where calls run at the same time: the first two queries to end of each model. */
function canMake(
  { model, operation, calls }: Maker,
  query: BatchQuery,
  tables: ModelTables,
  firstRead: ReadonlyMap<string, readonly BatchQuery[]> | undefined,
): boolean {
  const { subject } = query;
  if (!calls.some((call) => runsDuring(call, query))) return false;
  if (subject === undefined || model === '') return true;
  if (isReading(operation) && subject.verb !== 'select') return false;
  if (subject.models.includes(model)) return true;
  const isRelated = distanceTo(subject, model, tables) < Infinity;
  if (!isRelated || firstRead === undefined) return isRelated;
  // What a read includes is asked for once its own record is there.
  return [...(firstRead.get(model) ?? []), ...(firstRead.get('') ?? [])].some(
    (other) => other !== query && other.end < query.start + startRounding,
  );
}

const runsDuring = ({ start, end }: BatchedCall, query: BatchQuery) =>
  start <= query.start + startRounding && query.end <= end + startRounding;

/** Those that aren't understood under an empty name. */
function readsByModel(queries: readonly BatchQuery[]): ReadonlyMap<string, readonly BatchQuery[]> {
  const first = new Map<string, BatchQuery[]>();
  for (const query of queries.toSorted((a, b) => a.end - b.end)) {
    for (const model of query.subject?.models ?? ['']) {
      const known = first.get(model) ?? [];
      if (known.length < 2) first.set(model, [...known, query]);
    }
  }
  return first;
}

/** Whether it is one that the maker can't do without. */
function isOwn({ model, operation }: Maker, { subject }: BatchQuery): boolean {
  if (subject === undefined || model === '') return true;
  return subject.models.includes(model) && ownVerbs(operation).includes(subject.verb);
}

/** An update may write relations alone: then it only reads its own record. */
function ownVerbs(operation: string): readonly QuerySubject['verb'][] {
  if (isReading(operation)) return ['select'];
  if (operation.startsWith('create')) return ['insert'];
  if (operation.startsWith('delete')) return ['delete'];
  if (operation.startsWith('updateMany')) return ['update'];
  return operation === 'upsert' ? ['insert', 'update', 'select'] : ['update', 'select'];
}
