import type { EpochMicroseconds } from '../../../core/base/units.ts';
import type { Database } from '../database/database.ts';
import { Query } from '../database/query.ts';
import { deleteDropped } from './droppedWriter.ts';
import { rollUp } from './rollup.ts';
import type { SpanWriter } from './spanWriter.ts';

export interface RetentionLimits {
  /** Of the database's pages in use; its write-ahead log comes on top, 16 MB at rest. */
  readonly maxBytes: number;
  readonly maxAgeHours: number;
}

/** Traces deleted in one transaction: deliveries wait for it, so that it must be short. */
const slice = 500;
/** What is freed beyond the limit, so that a full store isn't swept at each delivery. */
const slack = 0.1;
const hour = 3_600_000_000;
/** Pages given back to the disk at once. */
const vacuumed = 2_000;

/**
 * Deletes the traces that arrived first until the store is within its limits, figures past their age,
 * and names nothing has any more; then gives the pages back to the disk. Rests between slices.
 */
export async function keepWithin(
  database: Database,
  writer: SpanWriter,
  limits: RetentionLimits,
  now: EpochMicroseconds,
  rest: () => Promise<void>,
): Promise<void> {
  const oldest = now - limits.maxAgeHours * hour;
  writer.transaction(() => {
    rollUp(database, now);
    database.prepare('DELETE FROM figures WHERE received < ?').run(oldest);
    deleteDropped(database, oldest);
    writer.forget();
  });
  let deleteFromIndex: ((last: number) => void) | undefined;
  for (const sweep of [agedSweep(database, oldest), sizeSweep(database, limits.maxBytes)])
    for (let last = sweep(); last !== undefined; last = sweep()) {
      deleteFromIndex ??= indexDeletion(database);
      deleteThrough(database, writer, last, deleteFromIndex);
      await rest();
    }
  if (deleteFromIndex) await deleteNames(database, writer, rest);
  database.exec(`PRAGMA incremental_vacuum(${vacuumed})`);
}

type Sweep = () => number | undefined;

/** The last id of the next slice of traces received before `oldest`; undefined when there are none. */
function agedSweep(database: Database, oldest: number): Sweep {
  const aged = new Query<{ last: number | null }>(
    database,
    `SELECT max(id) AS last FROM (SELECT id, received FROM traces ORDER BY id LIMIT ${slice})
     WHERE received < ?`,
  );
  return () => aged.first(oldest)?.last ?? undefined;
}

/** The same, while the store is too big, down to a tenth below its limit. */
function sizeSweep(database: Database, maxBytes: number): Sweep {
  const first = new Query<{ last: number | null }>(
    database,
    `SELECT max(id) AS last FROM (SELECT id FROM traces ORDER BY id LIMIT ${slice})`,
  );
  let goal = maxBytes;
  return () => {
    if (usedBytes(database) <= goal) return undefined;
    goal = maxBytes * (1 - slack);
    return first.first()?.last ?? undefined;
  };
}

export function usedBytes(database: Database): number {
  const [row] = new Query<{ used: number }>(
    database,
    `SELECT (page_count - freelist_count) * page_size AS used
     FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
  ).all();
  return row?.used ?? 0;
}

function deleteThrough(
  database: Database,
  writer: SpanWriter,
  last: number,
  deleteFromIndex: (last: number) => void,
): void {
  writer.transaction(() => {
    database
      .prepare(
        `DELETE FROM chunks WHERE id IN
         (SELECT chunks.id FROM traces JOIN chunks ON chunks.trace = traces.id WHERE traces.id <= ?)`,
      )
      .run(last);
    database.prepare('DELETE FROM traces WHERE id <= ?').run(last);
    deleteFromIndex(last);
  });
}

/** Rows of the index that are looked through in the time of one statement. */
const rowsPerStatement = 30;

/**
 * Deletes the rows of traces up to `last` from the index. Entry by entry, since it is ordered so: a range of
 * each instead of a scan of all. Where names are made from ids, nearly each row is an entry: then the scan.
 */
function indexDeletion(database: Database): (last: number) => void {
  const count = (sql: string, ...values: readonly number[]) =>
    new Query<{ rows: number }>(database, sql).first(...values)?.rows ?? 0;
  const worthwhile = count('SELECT count(*) AS rows FROM entries') * rowsPerStatement;
  const rows = count(
    'SELECT count(*) AS rows FROM (SELECT 1 FROM trace_index LIMIT ?)',
    worthwhile,
  );
  if (rows < worthwhile) {
    const ofAll = database.prepare('DELETE FROM trace_index WHERE trace <= ?');
    return (last) => void ofAll.run(last);
  }
  const ofEntry = database.prepare('DELETE FROM trace_index WHERE entry = ? AND trace <= ?');
  const entries = new Query<{ id: number }>(database, 'SELECT id FROM entries');
  return (last) => {
    for (const { id } of entries.all()) ofEntry.run(id, last);
  };
}

/** Names looked at in one transaction. */
const namesAtOnce = 20_000;

async function deleteNames(
  database: Database,
  writer: SpanWriter,
  rest: () => Promise<void>,
): Promise<void> {
  const unused = database.prepare(
    `DELETE FROM entries WHERE id > ? AND id <= ?
       AND NOT EXISTS (SELECT 1 FROM trace_index WHERE entry = entries.id)
       AND id NOT IN (SELECT entry FROM figures)`,
  );
  const last = new Query<{ id: number | null }>(database, 'SELECT max(id) AS id FROM entries');
  for (let from = 0; from < (last.first()?.id ?? 0); from += namesAtOnce) {
    writer.transaction(() => {
      unused.run(from, from + namesAtOnce);
      writer.forget();
    });
    await rest();
  }
  writer.transaction(() => {
    database.exec(
      'DELETE FROM resources WHERE used < (SELECT coalesce(min(received), 9e18) FROM traces) - 12e7',
    );
    writer.forget();
  });
}
