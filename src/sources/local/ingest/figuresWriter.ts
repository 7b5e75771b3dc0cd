import type { EpochMicroseconds } from '../../../core/base/units.ts';
import {
  newSketch,
  sketchFromBytes,
  type RecordingSketch,
} from '../../../core/correlate/durations/sketch.ts';
import type { RawSpan } from '../../../core/trace/rawSpan.ts';
import { idBytes } from '../database/chunk.ts';
import type { Database } from '../database/database.ts';
import { Query } from '../database/query.ts';

export const minute = 60_000_000;

interface Bucket {
  readonly start: number;
  readonly minutes: Length;
  readonly entry: number;
  readonly sketch: RecordingSketch;
  errors: number;
  slowest: Uint8Array;
  received: number;
}
/** Of a bucket, in minutes: `rollUp` makes hours of past ones. */
type Length = 1 | 60;
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
  readonly #delete;
  readonly #kept = new Map<string, Bucket>();
  readonly #changed = new Set<Bucket>();

  constructor(database: Database) {
    this.#find = new Query<BucketRow>(
      database,
      'SELECT sketch, errors, slowest FROM figures WHERE start = ? AND minutes = ? AND entry = ?',
    );
    this.#put = database.prepare(
      `INSERT INTO figures (start, minutes, entry, errors, sketch, slowest, received)
       VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET errors = excluded.errors,
       sketch = excluded.sketch, slowest = excluded.slowest, received = excluded.received`,
    );
    this.#delete = database.prepare(
      'DELETE FROM figures WHERE start = ? AND minutes = ? AND entry = ?',
    );
  }

  add(entry: number, span: RawSpan, failed: boolean, now: EpochMicroseconds): void {
    const bucket = this.#bucket(entry, span, 1);
    if (bucket.sketch.count === 0 || span.duration > bucket.sketch.max)
      bucket.slowest = idBytes(span.traceId);
    bucket.sketch.add(span.duration);
    if (failed) bucket.errors += 1;
    bucket.received = now;
    this.#changed.add(bucket);
  }

  /** Takes back what `add` counted of a span of which a more complete copy came; its minute may be in an hour now. */
  remove(entry: number, span: RawSpan, failed: boolean, now: EpochMicroseconds): void {
    for (const minutes of [1, 60] as const) {
      const bucket = this.#bucket(entry, span, minutes);
      if (!bucket.sketch.remove(span.duration)) continue;
      if (failed) bucket.errors = Math.max(0, bucket.errors - 1);
      // Which is the slowest of the others isn't known.
      if (Buffer.compare(bucket.slowest, idBytes(span.traceId)) === 0)
        bucket.slowest = new Uint8Array();
      bucket.received = now;
      this.#changed.add(bucket);
      return;
    }
  }

  /** Writes what changed, within the caller's transaction. */
  write(): void {
    for (const { start, minutes, entry, errors, sketch, slowest, received } of this.#changed)
      if (sketch.count === 0) this.#delete.run(start, minutes, entry);
      else this.#put.run(start, minutes, entry, errors, sketch.toBytes(), slowest, received);
    this.#changed.clear();
    if (this.#kept.size > mostKept) this.#kept.clear();
  }

  /** After a rollback, a rollup, or another process's write. */
  forget(): void {
    this.#kept.clear();
    this.#changed.clear();
  }

  #bucket(entry: number, span: RawSpan, minutes: Length): Bucket {
    const length = minutes * minute;
    const start = Math.floor(span.start / length) * length;
    const key = `${entry} ${start} ${minutes}`;
    const kept = this.#kept.get(key);
    if (kept !== undefined) return kept;
    const row = this.#find.first(start, minutes, entry);
    const bucket: Bucket = {
      start,
      minutes,
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
