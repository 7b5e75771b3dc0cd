import type { EpochMicroseconds } from '../../../core/base/units.ts';
import { isErrorFor, operationKeyOf } from '../../../core/correlate/operationKey.ts';
import type { RawSpan } from '../../../core/trace/rawSpan.ts';
import { idBytes, idHex, packSpans } from '../database/chunk.ts';
import type { Database } from '../database/open.ts';
import { Query } from '../database/query.ts';
import type { Dictionary } from './dictionary.ts';
import type { FiguresWriter } from './figuresWriter.ts';
import { newSummary, summaryOf, type TraceRow } from './traceRow.ts';

interface IndexRow {
  start: number;
  lastStart: number;
  duration: number;
  /** -1: none failed. */
  errorDuration: number;
}

const spanIdBytes = 8;

/** Writes the spans of one trace in one delivery, within the caller's transaction. */
export class TraceWriter {
  readonly #dictionary: Dictionary;
  readonly #figures: FiguresWriter;
  readonly #find;
  readonly #spanIds;
  readonly #insert;
  readonly #update;
  readonly #addChunk;
  readonly #addToIndex;

  constructor(database: Database, dictionary: Dictionary, figures: FiguresWriter) {
    this.#dictionary = dictionary;
    this.#figures = figures;
    this.#find = new Query<TraceRow>(database, 'SELECT * FROM traces WHERE trace_id = ?');
    this.#spanIds = new Query<{ span_ids: Uint8Array }>(
      database,
      'SELECT span_ids FROM chunks WHERE trace = ?',
    );
    this.#insert = database.prepare(
      `INSERT INTO traces (start, finish, spans, errors, rooted, root_start, root_service,
       root_operation, services, trace_id, received) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#update = database.prepare(
      `UPDATE traces SET start = ?, finish = ?, spans = ?, errors = ?, rooted = ?, root_start = ?,
       root_service = ?, root_operation = ?, services = ? WHERE id = ?`,
    );
    this.#addChunk = database.prepare(
      'INSERT INTO chunks (trace, span_ids, spans) VALUES (?, ?, ?)',
    );
    this.#addToIndex = database.prepare(
      `INSERT INTO trace_index (entry, trace, start, last_start, duration, error_duration)
       VALUES (?, ?, ?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET start = min(start, excluded.start),
       last_start = max(last_start, excluded.last_start),
       duration = max(duration, excluded.duration),
       error_duration = max(error_duration, excluded.error_duration)`,
    );
  }

  /** @returns how many of `spans` are new: exporters send a batch again when its answer was lost. */
  write(traceId: string, spans: readonly RawSpan[], now: EpochMicroseconds): number {
    const known = this.#find.first(idBytes(traceId));
    const fresh = unseen(spans, known === undefined ? new Set() : this.#storedIds(known.id));
    if (fresh.length === 0) return 0;
    const id = this.#writeSummary(traceId, known, fresh, now);
    this.#addChunk.run(
      id,
      Buffer.from(fresh.map((span) => span.spanId).join(''), 'hex'),
      packSpans(fresh, (resource) => this.#dictionary.resource(resource, now)),
    );
    for (const [entry, row] of this.#indexRows(fresh, now))
      this.#addToIndex.run(entry, id, row.start, row.lastStart, row.duration, row.errorDuration);
    return fresh.length;
  }

  #storedIds(trace: number): Set<string> {
    const ids = new Set<string>();
    for (const { span_ids } of this.#spanIds.all(trace))
      for (let at = 0; at < span_ids.length; at += spanIdBytes)
        ids.add(idHex(span_ids.subarray(at, at + spanIdBytes)));
    return ids;
  }

  #writeSummary(
    traceId: string,
    known: TraceRow | undefined,
    spans: readonly RawSpan[],
    now: EpochMicroseconds,
  ): number {
    const summary = summaryOf(known ?? newSummary, spans);
    const values = [
      summary.start,
      summary.finish,
      summary.spans,
      summary.errors,
      summary.rooted,
      summary.root_start,
      summary.root_service,
      summary.root_operation,
      summary.services,
    ];
    if (known === undefined)
      return Number(this.#insert.run(...values, idBytes(traceId), now).lastInsertRowid);
    this.#update.run(...values, known.id);
    return known.id;
  }

  /** What the trace is found by; counts the requests among the spans on the way. */
  #indexRows(spans: readonly RawSpan[], now: EpochMicroseconds): ReadonlyMap<number, IndexRow> {
    const rows = new Map<number, IndexRow>();
    const add = (entry: number, span: RawSpan) => {
      const errorDuration = span.status === 'error' ? span.duration : -1;
      const row = rows.get(entry);
      if (row === undefined) {
        const { start, duration } = span;
        rows.set(entry, { start, lastStart: start, duration, errorDuration });
        return;
      }
      row.start = Math.min(row.start, span.start);
      row.lastStart = Math.max(row.lastStart, span.start);
      row.duration = Math.max(row.duration, span.duration);
      row.errorDuration = Math.max(row.errorDuration, errorDuration);
    };
    for (const span of spans) {
      add(this.#dictionary.service(span.resource.service), span);
      add(this.#dictionary.operation(span.resource.service, span.name, span.kind), span);
      const key = operationKeyOf(span);
      if (key === undefined) continue;
      const entry = this.#dictionary.key(key);
      add(entry, span);
      this.#figures.add(entry, span, isErrorFor(span), now);
    }
    return rows;
  }
}

/** The first of each id that isn't in `seen`, which it fills. */
function unseen(spans: readonly RawSpan[], seen: Set<string>): readonly RawSpan[] {
  return spans.filter(({ spanId }) => {
    if (seen.has(spanId)) return false;
    seen.add(spanId);
    return true;
  });
}
