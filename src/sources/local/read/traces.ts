import { message } from '../../../core/base/message.ts';
import type { SampleAnswer, TraceAnswer, TraceQuery } from '../../../core/ports.ts';
import type { RawSpan } from '../../../core/trace/rawSpan.ts';
import { idBytes, unpackSpans } from '../database/chunk.ts';
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
  return { spans, dropped: [], droppedCount: 0, ...reader.bounds() };
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

/** Reads spans up to the bytes of one answer. */
class SpanReader {
  readonly #chunks;
  readonly #resourceOf;
  readonly #maxBytes: number;
  #bytesLeft: number;
  full = false;

  constructor(database: Database, maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.#bytesLeft = maxBytes;
    this.#chunks = new Query<{ spans: Uint8Array }>(
      database,
      'SELECT spans FROM chunks WHERE trace = ? ORDER BY id',
    );
    this.#resourceOf = resourceReader(database);
  }

  spansOf(trace: number, traceId: string): readonly RawSpan[] {
    const found: RawSpan[] = [];
    for (const row of this.#chunks.each(trace)) {
      const chunk = this.#unpack(row.spans, traceId);
      if (chunk === undefined) break;
      for (const span of chunk) found.push(span);
    }
    return found;
  }

  bounds(): { readonly complete: boolean; readonly reason: string } {
    const reason = this.full
      ? message(
          'Only the first {0} MB were read from the local store.',
          Math.round(this.#maxBytes / 1024 / 1024),
        )
      : '';
    return { complete: !this.full, reason };
  }

  #unpack(bytes: Uint8Array, traceId: string): readonly RawSpan[] | undefined {
    if (this.#bytesLeft <= 0) {
      this.full = true;
      return undefined;
    }
    try {
      const chunk = unpackSpans(bytes, traceId, this.#resourceOf, this.#bytesLeft);
      this.#bytesLeft -= chunk.bytes;
      return chunk.spans;
    } catch (error) {
      if (!isTooLarge(error)) throw error;
      this.full = true;
      return undefined;
    }
  }
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
