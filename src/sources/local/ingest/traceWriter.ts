import type { EpochMicroseconds } from '../../../core/base/units.ts';
import { distinctSpans } from '../../../core/trace/distinctSpans.ts';
import type { RawSpan } from '../../../core/trace/rawSpan.ts';
import { idBytes } from '../database/chunk.ts';
import type { Database } from '../database/database.ts';
import { Query } from '../database/query.ts';
import type { Dictionary } from './dictionary.ts';
import type { FiguresWriter } from './figuresWriter.ts';
import { StoredSpans } from './storedSpans.ts';
import { TraceIndex } from './traceIndex.ts';
import { newSummary, summaryOf, type Summary, type TraceRow } from './traceRow.ts';

/** Writes the spans of one trace in one delivery, within the caller's transaction. */
export class TraceWriter {
  readonly #stored: StoredSpans;
  readonly #index: TraceIndex;
  readonly #find;
  readonly #insert;
  readonly #update;

  constructor(database: Database, dictionary: Dictionary, figures: FiguresWriter) {
    this.#stored = new StoredSpans(database, dictionary);
    this.#index = new TraceIndex(database, dictionary, figures);
    this.#find = new Query<TraceRow>(database, 'SELECT * FROM traces WHERE trace_id = ?');
    this.#insert = database.prepare(
      `INSERT INTO traces (start, finish, spans, errors, rooted, root_start, root_service,
       root_operation, services, trace_id, received) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    );
    this.#update = database.prepare(
      `UPDATE traces SET start = ?, finish = ?, spans = ?, errors = ?, rooted = ?, root_start = ?,
       root_service = ?, root_operation = ?, services = ? WHERE id = ?`,
    );
  }

  /**
   * @returns how many of `sent` are new, or more complete than what was stored: exporters send a batch again when
   * its answer was lost, some a span when it starts and again when it ends.
   */
  write(traceId: string, sent: readonly RawSpan[], now: EpochMicroseconds): number {
    const known = this.#find.first(idBytes(traceId));
    const chunks = known ? this.#stored.withIdsOf(sent, known.id) : [];
    const stored = chunks.flatMap(({ spans }) => spans);
    const kept = new Set(distinctSpans([...stored, ...sent]));
    const fresh = sent.filter((span) => kept.delete(span));
    const replaced = stored.filter((span) => !kept.has(span));
    if (fresh.length === 0) return 0;
    const trace = known?.id ?? this.#insertRow(traceId, fresh, now);
    this.#stored.add(trace, fresh, now);
    if (known && replaced.length > 0) {
      this.#index.remove(trace, replaced, now);
      for (const { id, spans } of chunks) {
        const rest = spans.filter((span) => kept.has(span));
        if (rest.length < spans.length) this.#stored.rewrite(id, rest, now);
      }
      const all = this.#stored.ofTrace(trace, sent);
      this.#update.run(...columnsOf(summaryOf(newSummary, all)), trace);
      this.#index.reindex(trace, all);
    } else if (known) this.#update.run(...columnsOf(summaryOf(known, fresh)), trace);
    this.#index.add(trace, fresh, now);
    return fresh.length;
  }

  #insertRow(traceId: string, spans: readonly RawSpan[], now: EpochMicroseconds): number {
    const columns = columnsOf(summaryOf(newSummary, spans));
    return Number(this.#insert.run(...columns, idBytes(traceId), now).lastInsertRowid);
  }
}

const columnsOf = (summary: Summary) =>
  [
    summary.start,
    summary.finish,
    summary.spans,
    summary.errors,
    summary.rooted,
    summary.root_start,
    summary.root_service,
    summary.root_operation,
    summary.services,
  ] as const;
