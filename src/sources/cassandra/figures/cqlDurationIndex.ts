import type { TimeWindow } from '../../../core/base/timeWindow.ts';
import type { CqlRow, CqlValue } from '../cql/rows.ts';
import type { CqlSession } from '../cql/session.ts';
import type { DurationIndex, IndexRow, Partition, TracedRow } from './durationIndex.ts';
import { covers, hourOf } from './hourBuckets.ts';

const ofPartition =
  'FROM duration_index WHERE service_name = ? AND operation_name = ? AND bucket = ?';
/** Spans that end before they start are written so; everywhere else they take 0. */
const negative = -(2n ** 62n);
/** Also the rows that a counting server goes over at once. */
const pageRows = 5_000;

/** Jaeger's table, a partition at a time: only start_time is filtered, within one. */
export function cqlDurationIndex(session: Pick<CqlSession, 'rows'>): DurationIndex {
  const ask = (query: string, parameters: readonly CqlValue[], signal: AbortSignal) =>
    session.rows(query, parameters, { signal, fetchSize: pageRows });
  return {
    longest: async (partition, started, most, signal) => {
      const { text, values } = startedWithin(partition, started);
      const query = `SELECT duration, start_time, trace_id ${ofPartition}${text.where} LIMIT ${String(most)}${text.filtering}`;
      const rows: TracedRow[] = [];
      for await (const row of ask(query, [...keyOf(partition), ...values], signal))
        rows.push({ ...indexRow(row), traceId: traceIdOf(row) });
      return rows;
    },
    shortest: async (partition, started, signal) => {
      const { text, values } = startedWithin(partition, started);
      const query = `SELECT duration, start_time ${ofPartition}${text.where} ORDER BY duration ASC LIMIT 1${text.filtering}`;
      for await (const row of ask(query, [...keyOf(partition), ...values], signal))
        return indexRow(row);
      return undefined;
    },
    rows: async (partition, started, most, signal) => {
      const { text, values } = startedWithin(partition, started);
      const query = `SELECT duration, start_time ${ofPartition}${text.where} LIMIT ${String(most)}${text.filtering}`;
      const rows: IndexRow[] = [];
      for await (const row of ask(query, [...keyOf(partition), ...values], signal))
        rows.push(indexRow(row));
      return rows;
    },
    count: async (partition, started, { low, high }, signal) => {
      const { text, values } = startedWithin(partition, started);
      const query = `SELECT COUNT(*) AS counted, SUM(duration) AS total ${ofPartition} AND duration >= ? AND duration < ?${text.where}${text.filtering}`;
      const from = low === 0 ? negative : BigInt(low);
      const parameters = [...keyOf(partition), from, BigInt(high), ...values];
      for await (const row of ask(query, parameters, signal))
        return { count: numberOf(row['counted']), total: numberOf(row['total']) };
      return { count: 0, total: 0 };
    },
  };
}

const keyOf = ({ service, operation, bucket }: Partition): readonly CqlValue[] => [
  service,
  operation,
  hourOf(bucket),
];

/** Nothing to filter where the whole bucket is asked for. */
function startedWithin({ bucket }: Partition, started: TimeWindow) {
  if (covers(started, bucket)) return { text: { where: '', filtering: '' }, values: [] };
  return {
    text: { where: ' AND start_time >= ? AND start_time < ?', filtering: ' ALLOW FILTERING' },
    values: [BigInt(Math.ceil(started.start)), BigInt(Math.ceil(started.end))],
  };
}

const indexRow = (row: CqlRow): IndexRow => ({
  duration: Math.max(0, numberOf(row['duration'])),
  start: numberOf(row['start_time']),
});

const traceIdOf = ({ trace_id: id }: CqlRow): string =>
  Buffer.isBuffer(id) ? id.toString('hex').padStart(32, '0') : '';

const numberOf = (value: unknown): number =>
  typeof value === 'bigint' || typeof value === 'number' ? Number(value) : 0;
