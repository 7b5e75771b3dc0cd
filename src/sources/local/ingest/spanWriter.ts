import type { EpochMicroseconds } from '../../../core/base/units.ts';
import type { RawSpan } from '../../../core/trace/rawSpan.ts';
import type { Database } from '../database/database.ts';
import { Query } from '../database/query.ts';
import { inTransaction } from '../database/transaction.ts';
import { Dictionary } from './dictionary.ts';
import { FiguresWriter } from './figuresWriter.ts';
import { TraceWriter } from './traceWriter.ts';

/** Writes deliveries of spans: each is in the store whole, or not at all. */
export class SpanWriter {
  readonly #database: Database;
  readonly #dictionary: Dictionary;
  readonly #figures: FiguresWriter;
  readonly #traces: TraceWriter;
  readonly #dataVersion;
  #lastVersion = -1;

  constructor(database: Database) {
    this.#database = database;
    this.#dictionary = new Dictionary(database);
    this.#figures = new FiguresWriter(database);
    this.#traces = new TraceWriter(database, this.#dictionary, this.#figures);
    this.#dataVersion = new Query<{ data_version: number }>(database, 'PRAGMA data_version');
  }

  /** @returns how many spans were new. @throws SQLite's error, with nothing of it kept. */
  write(spans: readonly RawSpan[], now: EpochMicroseconds): number {
    if (spans.length === 0) return 0;
    return this.transaction(() => {
      let fresh = 0;
      for (const [traceId, ofTrace] of byTrace(spans))
        fresh += this.#traces.write(traceId, ofTrace, now);
      this.#figures.write();
      this.#dictionary.endDelivery();
      return fresh;
    });
  }

  /** Runs `work` in one transaction; what it deletes or merges must be followed by `forget`. */
  transaction<T>(work: () => T): T {
    try {
      return inTransaction(this.#database, () => {
        this.#forgetIfChangedElsewhere();
        return work();
      });
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  forget(): void {
    this.#dictionary.forget();
    this.#figures.forget();
  }

  /** SQLite's data_version changes when another connection has written. */
  #forgetIfChangedElsewhere(): void {
    const version = this.#dataVersion.first()?.data_version ?? -1;
    if (version !== this.#lastVersion) this.forget();
    this.#lastVersion = version;
  }
}

function byTrace(spans: readonly RawSpan[]): ReadonlyMap<string, RawSpan[]> {
  const traces = new Map<string, RawSpan[]>();
  for (const span of spans) {
    const list = traces.get(span.traceId);
    if (list) list.push(span);
    else traces.set(span.traceId, [span]);
  }
  return traces;
}
