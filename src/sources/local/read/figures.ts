import { message } from '../../../core/base/message.ts';
import { epochMicroseconds } from '../../../core/base/units.ts';
import type { TimeWindow } from '../../../core/base/timeWindow.ts';
import type { OperationFigures } from '../../../core/correlate/figures/figures.ts';
import type { OperationKey } from '../../../core/matching/operations/operationKinds.ts';
import {
  sketchFromBytes,
  sketchOfAll,
  type RecordingSketch,
} from '../../../core/correlate/durations/sketch.ts';
import type { FiguresAnswer } from '../../../core/ports.ts';
import { droppedSentence } from '../../droppedSentence.ts';
import { noneDropped } from '../../droppedSpanList.ts';
import { idHex } from '../database/chunk.ts';
import { keyOfColumns, type KeyColumns } from '../database/keyColumns.ts';
import type { Database } from '../database/database.ts';
import { Query } from '../database/query.ts';
import { minute } from '../ingest/figuresWriter.ts';
import type { StoreFile } from '../storeFile.ts';
import { droppedIn } from './dropped.ts';

interface FiguresRow extends KeyColumns {
  readonly entry: number;
  readonly errors: number;
  readonly sketch: Uint8Array;
  /** Null when that trace was deleted. */
  readonly slowest: Uint8Array | null;
}

interface Collected {
  readonly key: OperationKey;
  readonly sketches: RecordingSketch[];
  errors: number;
  slowest: { readonly traceId: string; readonly duration: number } | undefined;
}

/** A quarter of these is a busy service's week. More would mean names made from ids. */
const mostBuckets = 200_000;

/**
 * Figures of every request whose minute (or hour, when older than `rollup.ts` keeps minutes) touches
 * `window`, without reading spans.
 */
export function readFigures(store: StoreFile, window: TimeWindow, now: number): FiguresAnswer {
  const rows = store.ask([], (database) => bucketsIn(database, window));
  const dropped = store.ask(noneDropped, (database) => droppedIn(database, window));
  const kept = rows.slice(0, mostBuckets);
  const reasons = [
    ...(kept.length < rows.length ? [tooManyOperations()] : []),
    ...(dropped.droppedCount > 0 ? [droppedSentence(dropped, message('the received data'))] : []),
  ];
  const complete = reasons.length === 0;
  return {
    operations: collect(kept),
    window,
    basis: complete ? 'complete' : 'partial',
    sampledTraces: undefined,
    fetchedAt: epochMicroseconds(now),
    ...dropped,
    complete,
    reason: reasons.join(' '),
  };
}

const tooManyOperations = () => message('Too many operations; only the latest metrics were read.');

/** The traces table says which of the slowest are still there. */
function bucketsIn(database: Database, window: TimeWindow): readonly FiguresRow[] {
  const query = new Query<FiguresRow>(
    database,
    `SELECT figures.entry, figures.errors, sketch, traces.trace_id AS slowest,
       layer, service, name, method, route, controller, callback
     FROM figures JOIN entries ON entries.id = entry
     LEFT JOIN traces ON traces.trace_id = figures.slowest
     WHERE figures.start > ? AND figures.start < ? AND figures.start + minutes * ${minute} > ?
     ORDER BY figures.start DESC LIMIT ?`,
  );
  const earliest = window.start - 60 * minute;
  return query.all(earliest, window.end, window.start, mostBuckets + 1);
}

function collect(rows: readonly FiguresRow[]): readonly OperationFigures[] {
  const byEntry = new Map<number, Collected>();
  for (const row of rows) {
    let collected = byEntry.get(row.entry);
    if (collected === undefined) {
      collected = { key: keyOfColumns(row), sketches: [], errors: 0, slowest: undefined };
      byEntry.set(row.entry, collected);
    }
    const sketch = sketchFromBytes(row.sketch);
    collected.sketches.push(sketch);
    collected.errors += row.errors;
    if (row.slowest !== null && sketch.max >= (collected.slowest?.duration ?? 0))
      collected.slowest = { traceId: idHex(row.slowest), duration: sketch.max };
  }
  return [...byEntry.values()].map(({ key, errors, sketches, slowest }) => {
    const durations = sketchOfAll(sketches);
    const slowestTraceId = slowest?.traceId;
    return { key, errors: { count: errors, of: durations.count }, durations, slowestTraceId };
  });
}
