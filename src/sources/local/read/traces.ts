import type { Bounded, SampleAnswer, TraceAnswer, TraceQuery } from '../../../core/ports.ts';
import type { RawSpan } from '../../../core/trace/rawSpan.ts';
import { idBytes } from '../database/chunk.ts';
import type { Database } from '../database/database.ts';
import { Query } from '../database/query.ts';
import type { StoreFile } from '../storeFile.ts';
import { findRows } from './search.ts';
import { damagedSpans, SpanReader } from './spanReader.ts';

/** Of text in one answer: some 300,000 spans. */
const mostBytes = 128 * 1024 * 1024;

/**
 * Undefined when there is no such trace.
 * @param traceId 32 hex digits
 * @param maxBytes of text; the spans after it are left out, and the answer says so
 */
export function readTrace(
  database: Database,
  traceId: string,
  maxBytes = mostBytes,
): TraceAnswer | undefined {
  const find = new Query<{ id: number }>(database, 'SELECT id FROM traces WHERE trace_id = ?');
  const row = find.first(idBytes(traceId));
  if (row === undefined) return undefined;
  const reader = new SpanReader(database, maxBytes);
  const spans = reader.spansOf(row.id, traceId);
  const dropped =
    reader.lost === 0 ? [] : [{ position: 'chunks', reason: damagedSpans(reader.lost) }];
  return { spans, dropped, droppedCount: reader.lost, ...reader.bounds() };
}

/** Whole traces until the bytes of one answer are used up: the one cut short is left out. */
export async function readSample(
  store: StoreFile,
  query: TraceQuery,
  signal: AbortSignal,
): Promise<SampleAnswer> {
  const found = await findRows(store, query, signal);
  return store.ask({ traces: [], complete: true, reason: '' }, (database) => {
    const reader = new SpanReader(database, mostBytes);
    const traces: (readonly RawSpan[])[] = [];
    for (const { id, summary } of found.rows) {
      const spans = reader.spansOf(id, summary.traceId);
      if (reader.full) break;
      traces.push(spans);
    }
    return { traces, ...bothBounds(found, reader.bounds()) };
  });
}

const bothBounds = (one: Bounded, other: Bounded): Bounded => ({
  complete: one.complete && other.complete,
  reason: [...new Set([one.reason, other.reason])].filter((text) => text !== '').join(' '),
});
