import type { EpochMicroseconds } from '../../../core/base/units.ts';
import type { DroppedSpans } from '../../../core/ports.ts';
import type { Database } from '../database/database.ts';
import { minute } from './figuresWriter.ts';

/** Counts what could not be read of a delivery, by the minute in which it came; the first place and reason stay. */
export function writeDropped(
  database: Database,
  { dropped: [first], droppedCount }: DroppedSpans,
  now: EpochMicroseconds,
): void {
  if (first === undefined) return;
  database
    .prepare(
      `INSERT INTO dropped (received, spans, position, reason) VALUES (?, ?, ?, ?)
       ON CONFLICT (received) DO UPDATE SET spans = spans + excluded.spans`,
    )
    .run(Math.floor(now / minute) * minute, droppedCount, first.position, first.reason);
}

/** Forgets what came before `oldest`. */
export function deleteDropped(database: Database, oldest: number): void {
  database.prepare('DELETE FROM dropped WHERE received < ?').run(oldest);
}
