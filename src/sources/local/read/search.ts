import { setImmediate } from 'node:timers/promises';
import { formatCount } from '../../../core/base/format.ts';
import { message } from '../../../core/base/message.ts';
import type { SearchAnswer, TraceQuery } from '../../../core/ports.ts';
import { noneDropped } from '../../droppedSpanList.ts';
import type { StoreFile } from '../storeFile.ts';
import { candidatesOf } from './candidates.ts';
import { RowSearch, type FoundRows } from './rowSearch.ts';

/** A line of a list nobody scrolls through; callers ask for far fewer. */
const mostTraces = 5_000;
/** Of spans looked at for one search, as text: some 600,000, which take a few seconds. */
const mostBytes = 256 * 1024 * 1024;
/** Traces looked at between two chances to stop. */
const batch = 50;

/** Finds traces by the index, and looks at the spans of those of which it can't tell. */
export async function searchTraces(
  store: StoreFile,
  query: TraceQuery,
  signal: AbortSignal,
): Promise<SearchAnswer> {
  const { rows, ...bounds } = await findRows(store, query, signal);
  return { traces: rows.map(({ summary }) => summary), ...noneDropped, ...bounds };
}

/**
 * In the query's order, at most `query.limit`.
 * @param maxBytes of text of the spans that are looked at; then it stops, and the answer says so
 */
export async function findRows(
  store: StoreFile,
  query: TraceQuery,
  signal: AbortSignal,
  maxBytes = mostBytes,
): Promise<FoundRows> {
  const limit = Math.min(Math.max(0, Math.floor(query.limit)), mostTraces);
  const search = new RowSearch({ ...query, limit }, maxBytes);
  await lookAtCandidates(store, search, { ...query, limit }, signal);
  const found = search.found();
  const isCut = limit < query.limit && found.rows.length === limit;
  return isCut && found.complete ? { ...found, complete: false, reason: onlyFirst() } : found;
}

/** Page by page, until `search` is over or no candidate is left. */
async function lookAtCandidates(
  store: StoreFile,
  search: RowSearch,
  query: TraceQuery,
  signal: AbortSignal,
): Promise<void> {
  let count = query.limit;
  for (let offset = 0; count > 0; offset += count, count = nextCount(count)) {
    await setImmediate();
    signal.throwIfAborted();
    const page = { offset, count };
    const candidates = store.ask([], (database) => candidatesOf(database, query, page));
    for (let at = 0; at < candidates.length; at += batch) {
      const next = candidates.slice(at, at + batch);
      if (next[0] && search.isOver(next[0])) return;
      store.ask(undefined, (database) => search.look(database, next));
      await setImmediate();
      signal.throwIfAborted();
    }
    const last = candidates.at(-1);
    if (last === undefined || candidates.length < count || search.isOver(last)) return;
  }
}

const onlyFirst = () => message('Only the first {0} traces are listed.', formatCount(mostTraces));

/** Each page is sorted out of all candidates again: they get larger. */
const nextCount = (count: number): number => Math.max(1_000, count * 2);
