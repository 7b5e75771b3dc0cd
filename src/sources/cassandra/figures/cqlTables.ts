import type { TimeWindow } from '../../../core/base/timeWindow.ts';
import type { SpanKind } from '../../../core/trace/rawSpan.ts';
import { inParallel } from '../../search/inParallel.ts';
import type { CqlRow } from '../cql/rows.ts';
import type { CqlSession } from '../cql/session.ts';
import { readOperations, readServices } from '../readNames.ts';
import { readSpans } from '../readTrace.ts';
import { cqlDurationIndex } from './cqlDurationIndex.ts';
import type { FiguresTables, NamedOperation } from './reading.ts';

/** Without `logs`: stack traces are most of what a span weighs. */
const columns = 'trace_id, span_id, operation_name, start_time, duration, tags, refs, process';
const questionsAtOnce = 4;
/** A trace may have several spans of an operation. */
const rowsPerTrace = 5;

/** Jaeger's tables, behind a session. */
export function cqlTables(cql: CqlSession): FiguresTables {
  return {
    durations: cqlDurationIndex(cql),
    operations: (signal) => readNames(cql, signal),
    newestTraces: (operation, window, most, signal) =>
      readNewest(cql, operation, window, most, signal),
    spans: async (traceId, name, most, signal) => {
      const byName = name === undefined ? '' : ' AND operation_name = ?';
      const query = `SELECT ${columns} FROM traces WHERE trace_id = ?${byName} LIMIT ${String(most)}${byName && ' ALLOW FILTERING'}`;
      const values = [Buffer.from(traceId, 'hex'), ...(name === undefined ? [] : [name])];
      return (await readSpans(cql.rows(query, values, { signal }))).spans;
    },
  };
}

async function readNames(cql: CqlSession, signal: AbortSignal): Promise<readonly NamedOperation[]> {
  const services = await readServices(cql, signal);
  const found = await inParallel(services, questionsAtOnce, signal, async (service, each) => {
    const operations = Map.groupBy(await readOperations(cql, service, each), ({ name }) => name);
    return [...operations].map(([name, alike]): NamedOperation => {
      const kinds = new Set(alike.map(({ kind }) => spanKind(kind)));
      return { service, name, kinds: [...kinds].sort() };
    });
  });
  return found.flat();
}

const spanKinds: ReadonlySet<string> = new Set<SpanKind>([
  'internal',
  'server',
  'client',
  'producer',
  'consumer',
]);

const spanKind = (kind: string): SpanKind =>
  spanKinds.has(kind) ? (kind as SpanKind) : 'unspecified';

async function readNewest(
  cql: CqlSession,
  { service, name }: NamedOperation,
  { start, end }: TimeWindow,
  most: number,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const query = `SELECT trace_id FROM service_operation_index WHERE service_name = ? AND operation_name = ? AND start_time >= ? AND start_time < ? LIMIT ${String(most * rowsPerTrace)}`;
  const values = [service, name, BigInt(Math.ceil(start)), BigInt(Math.ceil(end))];
  const traces = new Set<string>();
  for await (const row of cql.rows(query, values, { signal, fetchSize: most })) {
    traces.add(traceIdOf(row));
    if (traces.size === most) break;
  }
  return [...traces];
}

const traceIdOf = ({ trace_id: id }: CqlRow): string =>
  Buffer.isBuffer(id) ? id.toString('hex').padStart(32, '0') : '';
