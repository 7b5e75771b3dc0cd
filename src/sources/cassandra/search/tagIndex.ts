import type { CqlSession } from '../cql/session.ts';
import {
  readIndexRow,
  type IndexPart,
  type IndexRow,
  type SpanIndex,
  type Slice,
} from './indexRows.ts';
import type { TagText } from './tagTexts.ts';

/** The spans of a service under any of some tags, in `tag_index`: sorted by time, and none is lost. */
export class TagIndex implements SpanIndex {
  readonly #cql: CqlSession;
  readonly #service: string;
  readonly #texts: readonly TagText[];

  constructor(cql: CqlSession, service: string, texts: readonly TagText[]) {
    this.#cql = cql;
    this.#service = service;
    this.#texts = texts;
  }

  async read(slice: Slice, most: number, signal: AbortSignal): Promise<IndexPart> {
    const parts = await Promise.all(
      this.#texts.map((text) => this.#readText(text, slice, most, signal)),
    );
    const knownFrom = Math.max(...parts.map((part) => part.knownFrom));
    const rows = parts.flatMap((part) => part.rows).filter(({ start }) => start >= knownFrom);
    return { rows, knownFrom };
  }

  async has({ traceId, start }: IndexRow, signal: AbortSignal): Promise<boolean> {
    const select = `SELECT span_id FROM tag_index WHERE ${partition} AND start_time = ? AND trace_id = ? LIMIT 1`;
    for (const { key, value } of this.#texts) {
      const values = [this.#service, key, value, BigInt(start), Buffer.from(traceId, 'hex')];
      for await (const row of this.#cql.rows(select, values, { signal }))
        if ('span_id' in row) return true;
    }
    return false;
  }

  async #readText(
    { key, value }: TagText,
    { from, to }: Slice,
    most: number,
    signal: AbortSignal,
  ): Promise<IndexPart> {
    const select = `SELECT start_time, trace_id, span_id FROM tag_index WHERE ${partition} AND start_time >= ? AND start_time <= ?`;
    const values = [this.#service, key, value, BigInt(from), BigInt(to)];
    const fetchSize = Math.min(most + 1, pageRows);
    const rows: IndexRow[] = [];
    for await (const row of this.#cql.rows(select, values, { signal, fetchSize })) {
      const read = readIndexRow(row);
      const last = rows.at(-1);
      // Newest first: enough is only known where a start ends.
      if (rows.length >= most && last && read.start < last.start)
        return { rows, knownFrom: last.start };
      rows.push(read);
    }
    return { rows, knownFrom: from };
  }
}

const partition = 'service_name = ? AND tag_key = ? AND tag_value = ?';
const pageRows = 5_000;
