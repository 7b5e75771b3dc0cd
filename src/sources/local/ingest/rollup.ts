import type { EpochMicroseconds } from '../../../core/base/units.ts';
import { mergeSketches, sketchFromBytes } from '../../../core/correlate/durations/sketch.ts';
import type { Database } from '../database/database.ts';
import { Query } from '../database/query.ts';
import { minute } from './figuresWriter.ts';

const hour = 60 * minute;
/** Windows people look at up close stay exact to the minute. */
const hoursByTheMinute = 2;
/** Merged in one go: a transaction of some 100 ms. */
const mostRows = 5_000;

interface Row {
  readonly start: number;
  readonly minutes: number;
  readonly entry: number;
  readonly errors: number;
  readonly sketch: Uint8Array;
  readonly slowest: Uint8Array;
  readonly received: number;
}

/** Merges minutes of finished hours into those hours, within the caller's transaction. */
export function rollUp(database: Database, now: EpochMicroseconds): void {
  const before = (Math.floor(now / hour) - hoursByTheMinute) * hour;
  const minutes = new Query<Row>(
    database,
    'SELECT * FROM figures WHERE start < ? AND minutes = 1 ORDER BY start LIMIT ?',
  );
  const byHour = Map.groupBy(minutes.all(before, mostRows), ({ start, entry }) =>
    JSON.stringify([Math.floor(start / hour) * hour, entry]),
  );
  const find = new Query<Row>(
    database,
    'SELECT * FROM figures WHERE start = ? AND minutes = 60 AND entry = ?',
  );
  const remove = database.prepare(
    'DELETE FROM figures WHERE start = ? AND minutes = ? AND entry = ?',
  );
  const insert = database.prepare(
    `INSERT INTO figures (start, minutes, entry, errors, sketch, slowest, received)
     VALUES (?, 60, ?, ?, ?, ?, ?)`,
  );
  for (const [key, rows] of byHour) {
    const [start, entry] = JSON.parse(key) as [number, number];
    const existing = find.first(start, entry);
    const all = existing === undefined ? rows : [existing, ...rows];
    for (const row of all) remove.run(row.start, row.minutes, row.entry);
    const merged = mergeRows(all);
    insert.run(start, entry, merged.errors, merged.sketch, merged.slowest, merged.received);
  }
}

function mergeRows(rows: readonly Row[]): Omit<Row, 'start' | 'minutes' | 'entry'> {
  const sketches = rows.map(({ sketch }) => sketchFromBytes(sketch));
  const merged = mergeSketches(sketches);
  const slowest = rows[sketches.findIndex(({ max }) => max === merged.max)];
  return {
    errors: rows.reduce((sum, { errors }) => sum + errors, 0),
    sketch: merged.toBytes(),
    slowest: slowest?.slowest ?? new Uint8Array(),
    received: rows.reduce((latest, { received }) => Math.max(latest, received), 0),
  };
}
