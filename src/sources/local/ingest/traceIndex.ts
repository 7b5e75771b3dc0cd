import type { EpochMicroseconds } from '../../../core/base/units.ts';
import { isErrorFor, operationKeyOf } from '../../../core/matching/operations/operationKey.ts';
import type { RawSpan } from '../../../core/trace/rawSpan.ts';
import type { Database } from '../database/database.ts';
import type { Dictionary } from './dictionary.ts';
import type { FiguresWriter } from './figuresWriter.ts';

interface IndexRow {
  start: number;
  lastStart: number;
  duration: number;
  /** -1: none failed. */
  errorDuration: number;
}

/** What traces are found by, and the requests counted on the way: within the caller's transaction. */
export class TraceIndex {
  readonly #dictionary: Dictionary;
  readonly #figures: FiguresWriter;
  readonly #add;
  readonly #delete;

  constructor(database: Database, dictionary: Dictionary, figures: FiguresWriter) {
    this.#dictionary = dictionary;
    this.#figures = figures;
    this.#add = database.prepare(
      `INSERT INTO trace_index (entry, trace, start, last_start, duration, error_duration)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET start = min(start, excluded.start),
       last_start = max(last_start, excluded.last_start),
       duration = max(duration, excluded.duration),
       error_duration = max(error_duration, excluded.error_duration)`,
    );
    this.#delete = database.prepare('DELETE FROM trace_index WHERE entry = ? AND trace = ?');
  }

  /** Adds spans that are new, and counts those that answer a request and have ended. */
  add(trace: number, spans: readonly RawSpan[], now: EpochMicroseconds): void {
    this.#write(trace, spans, (entry, span) =>
      this.#figures.add(entry, span, isErrorFor(span), now),
    );
  }

  /** Takes spans back that more complete copies replace: `reindex` has to follow, with what the trace has then. */
  remove(trace: number, spans: readonly RawSpan[], now: EpochMicroseconds): void {
    for (const span of spans) {
      const { service, operation, key } = this.#entriesOf(span);
      for (const entry of [service, operation, key ?? service]) this.#delete.run(entry, trace);
      if (key !== undefined && !span.unended)
        this.#figures.remove(key, span, isErrorFor(span), now);
    }
  }

  /** Writes the rows of a trace again, from all its spans. */
  reindex(trace: number, spans: readonly RawSpan[]): void {
    this.#write(trace, spans, () => undefined);
  }

  #write(
    trace: number,
    spans: readonly RawSpan[],
    count: (entry: number, span: RawSpan) => void,
  ): void {
    const rows = new Map<number, IndexRow>();
    for (const span of spans) {
      const { service, operation, key } = this.#entriesOf(span);
      extend(rows, service, span);
      extend(rows, operation, span);
      if (key === undefined) continue;
      extend(rows, key, span);
      if (!span.unended) count(key, span);
    }
    for (const [entry, row] of rows)
      this.#add.run(entry, trace, row.start, row.lastStart, row.duration, row.errorDuration);
  }

  #entriesOf(span: RawSpan) {
    const { service } = span.resource;
    const key = operationKeyOf(span);
    return {
      service: this.#dictionary.service(service),
      operation: this.#dictionary.operation(service, span.name, span.kind),
      key: key && this.#dictionary.key(key),
    };
  }
}

function extend(rows: Map<number, IndexRow>, entry: number, span: RawSpan): void {
  const { start, duration } = span;
  const errorDuration = span.status === 'error' ? duration : -1;
  const row = rows.get(entry);
  if (row === undefined) {
    rows.set(entry, { start, lastStart: start, duration, errorDuration });
    return;
  }
  row.start = Math.min(row.start, start);
  row.lastStart = Math.max(row.lastStart, start);
  row.duration = Math.max(row.duration, duration);
  row.errorDuration = Math.max(row.errorDuration, errorDuration);
}
