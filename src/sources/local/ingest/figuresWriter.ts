import type { EpochMicroseconds } from '../../../core/base/units.ts';
import {
  newSketch,
  sketchFromBytes,
  type RecordingSketch,
} from '../../../core/correlate/sketch.ts';
import type { RawSpan } from '../../../core/trace/rawSpan.ts';
import { idBytes } from '../database/chunk.ts';
import type { Database } from '../database/open.ts';
import { Query } from '../database/query.ts';

export const minute = 60_000_000;

interface Bucket {
  readonly start: number;
  readonly entry: number;
  readonly sketch: RecordingSketch;
  errors: number;
  slowest: Uint8Array;
  received: number;
}
interface BucketRow {
  readonly sketch: Uint8Array;
  readonly errors: number;
  readonly slowest: Uint8Array;
}

/** Beyond so many, sketches of minutes are read again when needed. */
const mostKept = 2_000;

/**
 * Counts requests into sketches, by the minute of their start. Sketches of recent minutes stay in memory
 * while no other process writes; `write` brings those that changed to the database.
 */
export class FiguresWriter {
  readonly #find;
  readonly #put;
  readonly #kept = new Map<string, Bucket>();
  readonly #changed = new Set<Bucket>();

  constructor(database: Database) {
    this.#find = new Query<BucketRow>(
      database,
      'SELECT sketch, errors, slowest FROM figures WHERE start = ? AND minutes = 1 AND entry = ?',
    );
    this.#put = database.prepare(
      `INSERT INTO figures (start, minutes, entry, errors, sketch, slowest, received)
       VALUES (?, 1, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET errors = excluded.errors,
       sketch = excluded.sketch, slowest = excluded.slowest, received = excluded.received`,
    );
  }

  add(entry: number, span: RawSpan, failed: boolean, now: EpochMicroseconds): void {
    const bucket = this.#bucket(entry, Math.floor(span.start / minute) * minute);
    if (bucket.sketch.count === 0 || span.duration > bucket.sketch.max)
      bucket.slowest = idBytes(span.traceId);
    bucket.sketch.add(span.duration);
    if (failed) bucket.errors += 1;
    bucket.received = now;
    this.#changed.add(bucket);
  }

  /** Writes what changed, within the caller's transaction. */
  write(): void {
    for (const { start, entry, errors, sketch, slowest, received } of this.#changed)
      this.#put.run(start, entry, errors, sketch.toBytes(), slowest, received);
    this.#changed.clear();
    if (this.#kept.size > mostKept) this.#kept.clear();
  }

  /** After a rollback, a rollup, or another process's write. */
  forget(): void {
    this.#kept.clear();
    this.#changed.clear();
  }

  #bucket(entry: number, start: number): Bucket {
    const key = `${entry} ${start}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const row = this.#find.first(start, entry);
    const bucket: Bucket = {
      start,
      entry,
      sketch: row ? sketchFromBytes(row.sketch) : newSketch(),
      errors: row?.errors ?? 0,
      slowest: row?.slowest ?? new Uint8Array(),
      received: 0,
    };
    this.#kept.set(key, bucket);
    return bucket;
  }
}
