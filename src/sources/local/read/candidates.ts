import type { SQLInputValue } from 'node:sqlite';
import type { OperationSelector } from '../../../core/matching/operations/operationKinds.ts';
import type { TraceQuery } from '../../../core/ports.ts';
import { soughtService } from '../../search/soughtService.ts';
import type { Database } from '../database/database.ts';
import { columnsOf } from '../database/keyColumns.ts';
import { Query } from '../database/query.ts';
import type { TraceRow } from '../ingest/traceRow.ts';

/** A trace that may meet a query. */
export interface Candidate extends TraceRow {
  /** µs: of its longest span that meets the query, or at least as long. */
  readonly slowness: number;
  /** 1: it meets the query, with that slowness; 0: only its spans tell. */
  readonly certain: 0 | 1;
}

/**
 * The traces that the index doesn't rule out, in the query's order, `count` from `offset` on. It knows of the spans of
 * an entry in a trace when the first and the last began and how long the longest is: where all began in the window,
 * and the longest isn't too long, it is one that meets the query. Of attributes it knows nothing.
 */
export function candidatesOf(
  database: Database,
  query: TraceQuery,
  { offset, count }: { readonly offset: number; readonly count: number },
): readonly Candidate[] {
  const entries = entriesOf(query);
  const { window, minDuration = 0, maxDuration = Infinity, attributes = [] } = query;
  const length = query.errorsOnly ? 'error_duration' : 'duration';
  const order = query.order === 'slowest' ? 'slowness DESC, start DESC' : 'start DESC';
  const search = new Query<Candidate>(
    database,
    `SELECT traces.*, slowness, certain FROM (
       SELECT trace, max(${length}) AS slowness,
         min(? AND start >= ? AND last_start <= ? AND ${length} <= ?) AS certain FROM trace_index
       WHERE entry IN (SELECT id FROM entries WHERE ${entries.where})
         AND last_start >= ? AND start <= ? AND ${length} >= ? GROUP BY trace
     ) JOIN traces ON traces.id = trace ORDER BY ${order}, trace_id LIMIT ? OFFSET ?`,
  );
  return search.all(
    attributes.length === 0 ? 1 : 0,
    window.start,
    window.end,
    maxDuration,
    ...entries.values,
    window.start,
    window.end,
    minDuration,
    count,
    offset,
  );
}

interface Condition {
  readonly where: string;
  readonly values: readonly SQLInputValue[];
}

/** The entries of which a trace needs a span; every span has its service's. */
function entriesOf(query: TraceQuery): Condition {
  const { operation, operations } = query;
  const service = soughtService(query);
  const sort = operations ? 'key' : operation === undefined ? 'service' : 'operation';
  return allOf([
    { where: 'sort = ?', values: [sort] },
    ...(service === undefined ? [] : [{ where: 'service = ?', values: [service] }]),
    ...(operation === undefined ? [] : [{ where: 'name = ?', values: [operation] }]),
    ...(operations === undefined ? [] : [anyOf(operations.map(keysOf))]),
  ]);
}

const columnNames = [
  'layer',
  'service',
  'name',
  'method',
  'route',
  'controller',
  'callback',
] as const;

/** What a selector doesn't ask for holds for every key. */
function keysOf(selector: OperationSelector): Condition {
  const columns = columnsOf(selector);
  const asked = columnNames.filter((column) => columns[column] !== '');
  return allOf(asked.map((column) => ({ where: `${column} = ?`, values: [columns[column]] })));
}

const allOf = (conditions: readonly Condition[]) => join(conditions, ' AND ', 'TRUE');
const anyOf = (conditions: readonly Condition[]) => join(conditions, ' OR ', 'FALSE');

function join(conditions: readonly Condition[], word: string, none: string): Condition {
  const where = conditions.map((condition) => `(${condition.where})`).join(word);
  return { where: where || none, values: conditions.flatMap(({ values }) => values) };
}
