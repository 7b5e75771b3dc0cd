import { message } from '../../../core/base/message.ts';
import type { SampleAnswer, TraceAnswer, TraceQuery } from '../../../core/ports.ts';
import type { RawSpan } from '../../../core/trace/rawSpan.ts';
import { DamagedChunkError, idBytes, isTooLarge, unpackSpans } from '../database/chunk.ts';
import type { Database } from '../database/open.ts';
import { Query } from '../database/query.ts';
import { resourceReader } from '../database/resources.ts';
import { findRows } from './search.ts';

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
export function readSample(
  database: Database,
  query: TraceQuery,
  signal: AbortSignal,
): SampleAnswer {
  const reader = new SpanReader(database, mostBytes);
  const traces: (readonly RawSpan[])[] = [];
  for (const { id, summary } of findRows(database, query)) {
    signal.throwIfAborted();
    const spans = reader.spansOf(id, summary.traceId);
    if (reader.full) break;
    traces.push(spans);
  }
  return { traces, ...reader.bounds() };
}

const damagedSpans = (count: number): string =>
  message("Couldn't read {0} damaged spans in the trace database.", count);

interface ChunkRow {
  readonly spans: Uint8Array;
  /** How many spans are in it. */
  readonly held: number;
}

/** Reads spans up to the bytes of one answer. */
class SpanReader {
  readonly #chunks;
  readonly #resourceOf;
  readonly #maxBytes: number;
  #bytesLeft: number;
  full = false;
  /** Spans of damaged chunks. */
  lost = 0;

  constructor(database: Database, maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#bytesLeft = maxBytes;
    this.#chunks = new Query<ChunkRow>(
      database,
      'SELECT spans, length(span_ids) / 8 AS held FROM chunks WHERE trace = ? ORDER BY id',
    );
    this.#resourceOf = resourceReader(database);
  }

  spansOf(trace: number, traceId: string): readonly RawSpan[] {
    const found: RawSpan[] = [];
    for (const row of this.#chunks.each(trace)) {
      const chunk = this.#unpack(row, traceId);
      if (chunk === undefined) break;
      for (const span of chunk) found.push(span);
    }
    return found;
  }

  bounds(): { readonly complete: boolean; readonly reason: string } {
    const reasons: string[] = [];
    if (this.full)
      reasons.push(
        message(
          'Only the first {0} MB were read from the trace database.',
          Math.round(this.#maxBytes / 1024 / 1024),
        ),
      );
    if (this.lost > 0) reasons.push(damagedSpans(this.lost));
    return { complete: reasons.length === 0, reason: reasons.join(' ') };
  }

  #unpack({ spans, held }: ChunkRow, traceId: string): readonly RawSpan[] | undefined {
    if (this.#bytesLeft <= 0) {
      this.full = true;
      return undefined;
    }
    try {
      const chunk = unpackSpans(spans, traceId, this.#resourceOf, this.#bytesLeft);
      this.#bytesLeft -= chunk.bytes;
      return chunk.spans;
    } catch (error) {
      if (error instanceof DamagedChunkError) {
        this.lost += held;
        return [];
      }
      if (!isTooLarge(error)) throw error;
      this.full = true;
      return undefined;
    }
  }
}
