import { message } from '../../../core/base/message.ts';
import type { RawSpan } from '../../../core/trace/rawSpan.ts';
import { DamagedChunkError, isTooLarge, unpackSpans } from '../database/chunk.ts';
import type { Database } from '../database/database.ts';
import { Query } from '../database/query.ts';
import { resourceReader } from '../database/resources.ts';

export const damagedSpans = (count: number): string =>
  message("Couldn't read {0} damaged spans in the trace database.", count);

interface ChunkRow {
  readonly spans: Uint8Array;
  /** How many spans are in it. */
  readonly held: number;
}

/** Reads spans up to the bytes of one answer. */
export class SpanReader {
  readonly #chunks;
  readonly #resourceOf;
  readonly #maxBytes: number;
  /** Of text. */
  bytesLeft: number;
  /** Something was left out for want of bytes. */
  full = false;
  /** Spans of damaged chunks. */
  lost = 0;

  constructor(database: Database, maxBytes: number) {
    this.#maxBytes = maxBytes;
    this.bytesLeft = maxBytes;
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
    if (this.bytesLeft <= 0) {
      this.full = true;
      return undefined;
    }
    try {
      const chunk = unpackSpans(spans, traceId, this.#resourceOf, this.bytesLeft);
      this.bytesLeft -= chunk.bytes;
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
