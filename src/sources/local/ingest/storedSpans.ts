import type { EpochMicroseconds } from '../../../core/base/units.ts';
import type { RawSpan } from '../../../core/trace/rawSpan.ts';
import { DamagedChunkError, idHex, packSpans, unpackSpans } from '../database/chunk.ts';
import type { Database } from '../database/database.ts';
import { Query } from '../database/query.ts';
import { resourceReader } from '../database/resources.ts';
import type { Dictionary } from './dictionary.ts';

/** Spans of a trace that were stored together. */
interface StoredChunk {
  readonly id: number;
  readonly spans: readonly RawSpan[];
}

interface ChunkRow {
  readonly id: number;
  readonly span_ids: Uint8Array;
}

const spanIdBytes = 8;
/** Of one chunk's text: what a delivery of 20 MB can become at most, and more. */
const mostBytes = 256 * 1024 * 1024;

/** The chunks of traces, as the writer reads and writes them: within the caller's transaction. */
export class StoredSpans {
  readonly #database: Database;
  readonly #dictionary: Dictionary;
  readonly #chunks;
  readonly #read;
  readonly #add;
  readonly #update;
  readonly #delete;

  constructor(database: Database, dictionary: Dictionary) {
    this.#database = database;
    this.#dictionary = dictionary;
    this.#chunks = new Query<ChunkRow>(
      database,
      'SELECT id, span_ids FROM chunks WHERE trace = ? ORDER BY id',
    );
    this.#read = new Query<{ spans: Uint8Array }>(
      database,
      'SELECT spans FROM chunks WHERE id = ?',
    );
    this.#add = database.prepare('INSERT INTO chunks (trace, span_ids, spans) VALUES (?, ?, ?)');
    this.#update = database.prepare('UPDATE chunks SET span_ids = ?, spans = ? WHERE id = ?');
    this.#delete = database.prepare('DELETE FROM chunks WHERE id = ?');
  }

  /** The chunks of a trace that have a span with the id of one of `spans`: only these are unpacked. */
  withIdsOf(spans: readonly RawSpan[], trace: number): readonly StoredChunk[] {
    const ids = new Set(spans.map(({ spanId }) => spanId));
    return this.#unpacked(trace, spans, ({ span_ids }) => hasOneOf(ids, span_ids));
  }

  /** All spans of the trace that `sample` is of. */
  ofTrace(trace: number, sample: readonly RawSpan[]): readonly RawSpan[] {
    return this.#unpacked(trace, sample, () => true).flatMap(({ spans }) => spans);
  }

  add(trace: number, spans: readonly RawSpan[], now: EpochMicroseconds): void {
    this.#add.run(trace, idsOf(spans), this.#pack(spans, now));
  }

  /** Puts `spans` in the place of those that a chunk has. */
  rewrite(chunk: number, spans: readonly RawSpan[], now: EpochMicroseconds): void {
    if (spans.length === 0) this.#delete.run(chunk);
    else this.#update.run(idsOf(spans), this.#pack(spans, now), chunk);
  }

  #pack(spans: readonly RawSpan[], now: EpochMicroseconds): Uint8Array {
    return packSpans(spans, (resource) => this.#dictionary.resource(resource, now));
  }

  #unpacked(
    trace: number,
    [sample]: readonly RawSpan[],
    isWanted: (row: ChunkRow) => boolean,
  ): readonly StoredChunk[] {
    const wanted = this.#chunks.all(trace).filter(isWanted);
    if (wanted.length === 0 || sample === undefined) return [];
    const resourceOf = resourceReader(this.#database);
    return wanted.flatMap(({ id }) => {
      const bytes = this.#read.first(id)?.spans ?? new Uint8Array();
      try {
        return { id, spans: unpackSpans(bytes, sample.traceId, resourceOf, mostBytes).spans };
      } catch (error) {
        // What can't be read is no reason to refuse what comes.
        if (error instanceof DamagedChunkError) return [];
        throw error;
      }
    });
  }
}

function hasOneOf(ids: ReadonlySet<string>, bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += spanIdBytes)
    if (ids.has(idHex(bytes.subarray(at, at + spanIdBytes)))) return true;
  return false;
}

const idsOf = (spans: readonly RawSpan[]): Uint8Array =>
  Buffer.from(spans.map(({ spanId }) => spanId).join(''), 'hex');
