import type { TimeWindow } from '../../../core/base/timeWindow.ts';
import type { DroppedSpan, DroppedSpans } from '../../../core/ports.ts';
import { noneDropped } from '../../droppedSpanList.ts';
import type { Database } from '../database/database.ts';
import { Query } from '../database/query.ts';
import { minute } from '../ingest/figuresWriter.ts';

/** A window has one row a minute of them. */
const most = 100;

/** What could not be read of the deliveries that came in the minutes of `window`; the last come first. */
export function droppedIn(database: Database, { start, end }: TimeWindow): DroppedSpans {
  if (!hasTable(database)) return noneDropped;
  const during = 'FROM dropped WHERE received > ? AND received < ?';
  const minutes = [start - minute, end] as const;
  const sum = new Query<{ spans: number | null }>(database, `SELECT sum(spans) AS spans ${during}`);
  const rows = new Query<DroppedSpan>(
    database,
    `SELECT position, reason ${during} ORDER BY received DESC LIMIT ${most}`,
  );
  const dropped = rows.all(...minutes).map(({ position, reason }) => ({ position, reason }));
  return { dropped, droppedCount: sum.first(...minutes)?.spans ?? 0 };
}

/** Not in a store of version 3 that its writer has not migrated yet. */
const hasTable = (database: Database): boolean =>
  new Query(database, "SELECT 1 FROM sqlite_master WHERE name = 'dropped'").first() !== undefined;
