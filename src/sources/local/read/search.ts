import type { SQLInputValue } from 'node:sqlite';
import { elapsed, epochMicroseconds, microseconds } from '../../../core/base/units.ts';
import type {
  OperationSelector,
  SearchAnswer,
  TraceQuery,
  TraceSummary,
} from '../../../core/ports.ts';
import { noneDropped } from '../../droppedSpanList.ts';
import { idHex } from '../database/chunk.ts';
import type { Database } from '../database/open.ts';
import { Query } from '../database/query.ts';
import type { TraceRow } from '../ingest/traceRow.ts';

/** A line of a list nobody scrolls through; callers ask for far fewer. */
const mostTraces = 5_000;

/** A trace found, with its row for those who read its spans. */
export interface FoundRow {
  readonly id: number;
  readonly summary: TraceSummary;
}

/** Reads no spans: each trace is found by the service, operation or key that one of its spans has. */
export function searchTraces(database: Database, query: TraceQuery): SearchAnswer {
  const traces = findRows(database, query).map(({ summary }) => summary);
  return { traces, ...noneDropped, complete: true, reason: '' };
}

/**
 * A trace is found when its spans of an entry began in the window, or before and after it: which of them are
 * how long isn't looked at.
 */
export function findRows(database: Database, query: TraceQuery): readonly FoundRow[] {
  const entries = entriesOf(query);
  const length = query.errorsOnly ? 'error_duration' : 'duration';
  const order = query.order === 'slowest' ? 'slowness DESC, start DESC' : 'start DESC';
  const search = new Query<TraceRow & { slowness: number }>(
    database,
    `SELECT traces.*, slowness FROM (
       SELECT trace, max(${length}) AS slowness FROM trace_index
       WHERE entry IN (SELECT id FROM entries WHERE ${entries.where})
         AND last_start >= ? AND start < ? AND ${length} >= ? GROUP BY trace
     ) JOIN traces ON traces.id = trace ORDER BY ${order}, trace_id LIMIT ?`,
  );
  const rows = search.all(
    ...entries.values,
    query.window.start,
    query.window.end,
    query.minDuration ?? 0,
    Math.min(Math.max(0, Math.floor(query.limit)), mostTraces),
  );
  const selected = query.operations !== undefined;
  return rows.map((row) => ({
    id: row.id,
    summary: summaryOf(row, selected ? row.slowness : undefined),
  }));
}

interface Condition {
  readonly where: string;
  readonly values: readonly SQLInputValue[];
}

/** The entries of which a trace needs a span; every span has its service's. */
function entriesOf({ service, operation, operations }: TraceQuery): Condition {
  const sort = operations ? 'key' : operation === undefined ? 'service' : 'operation';
  return allOf([
    { where: 'sort = ?', values: [sort] },
    ...(service === undefined ? [] : [{ where: 'service = ?', values: [service] }]),
    ...(operation === undefined ? [] : [{ where: 'name = ?', values: [operation] }]),
    ...(operations === undefined ? [] : [anyOf(operations.map(keysOf))]),
  ]);
}

const selectorParts = ['service', 'name', 'method', 'route', 'controller', 'callback'] as const;

/** Parts of a selector that are empty aren't known: they hold for every key. */
function keysOf(selector: OperationSelector): Condition {
  const known = selectorParts.filter((part) => selector[part] !== '');
  return allOf(known.map((part) => ({ where: `${part} = ?`, values: [selector[part]] })));
}

const allOf = (conditions: readonly Condition[]) => join(conditions, ' AND ', 'TRUE');
const anyOf = (conditions: readonly Condition[]) => join(conditions, ' OR ', 'FALSE');

function join(conditions: readonly Condition[], word: string, none: string): Condition {
  const where = conditions.map((condition) => `(${condition.where})`).join(word);
  return { where: where || none, values: conditions.flatMap(({ values }) => values) };
}

function summaryOf(row: TraceRow, matched: number | undefined): TraceSummary {
  return {
    traceId: idHex(row.trace_id),
    rootService: row.root_service,
    rootOperation: row.root_operation,
    start: epochMicroseconds(row.start),
    duration: elapsed(epochMicroseconds(row.start), epochMicroseconds(row.finish)),
    spanCount: row.spans,
    errorCount: row.errors,
    services: (JSON.parse(row.services) as readonly string[]).toSorted(),
    matched: matched === undefined ? undefined : microseconds(matched),
  };
}
