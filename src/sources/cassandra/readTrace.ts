import type { DroppedSpans } from '../../core/ports.ts';
import { distinctSpans } from '../../core/trace/distinctSpans.ts';
import type { RawSpan, Resource } from '../../core/trace/rawSpan.ts';
import { DroppedSpanList } from '../droppedSpanList.ts';
import { readProcess } from '../jaeger/readProcess.ts';
import { readSpan } from '../jaeger/readSpan.ts';
import { readOrDrop } from '../jaeger/readTraces.ts';
import type { CqlRow } from './cql/rows.ts';
import type { CqlSession } from './cql/session.ts';
import { processOfRow, spanColumns, spanOfRow } from './spanRow.ts';

export interface TraceRows extends DroppedSpans {
  /** Each once, though Jaeger writes a span again when it is sent again with other tags (`span_hash`). */
  readonly spans: readonly RawSpan[];
}

/** @param traceId 32 hex digits; a trace that isn't there has no spans */
export function readTrace(
  cql: CqlSession,
  traceId: string,
  signal: AbortSignal,
): Promise<TraceRows> {
  const query = `SELECT ${spanColumns} FROM traces WHERE trace_id = ?`;
  return readSpans(cql.rows(query, [Buffer.from(traceId, 'hex')], { signal }));
}

/** @param rows of `traces`, with all `spanColumns` or without `logs`: such spans have no events */
export async function readSpans(rows: AsyncIterable<CqlRow>): Promise<TraceRows> {
  const dropped = new DroppedSpanList();
  const spans: RawSpan[] = [];
  const resources = new Resources();
  let index = 0;
  for await (const row of rows) {
    const place = `traces[${String(index++)}]`;
    const span = readOrDrop(dropped, () => readRow(row, resources, place));
    if (span) spans.push(span);
  }
  return { spans: distinctSpans(spans), ...dropped.all() };
}

function readRow(row: CqlRow, resources: Resources, place: string): RawSpan {
  const processID = resources.add(row, place);
  return readSpan({ ...spanOfRow(row), processID }, resources.byId, place);
}

/** Processes by what they say, so that all spans of one share one object. */
class Resources {
  readonly byId = new Map<string, Resource>();

  add(row: CqlRow, place: string): string {
    const process = processOfRow(row);
    const id = JSON.stringify(process);
    if (!this.byId.has(id)) this.byId.set(id, readProcess(process, `${place}.process`));
    return id;
  }
}
