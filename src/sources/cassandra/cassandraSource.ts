import { message } from '../../core/base/message.ts';
import { SourceError } from '../../core/base/sourceError.ts';
import { fromMilliseconds, later } from '../../core/base/units.ts';
import type {
  Clock,
  Log,
  SourceCapabilities,
  TraceAnswer,
  TraceQuery,
  TraceSource,
} from '../../core/ports.ts';
import { droppedSentence } from '../droppedSentence.ts';
import { readTraceId } from '../search/traceId.ts';
import type { CqlOptions } from './cql/options.ts';
import { openCql, type CqlSession } from './cql/session.ts';
import { CassandraFigures } from './figures/cassandraFigures.ts';
import { cqlTables } from './figures/cqlTables.ts';
import { readOperations, readServices } from './readNames.ts';
import { readTrace } from './readTrace.ts';
import { findTraces } from './search/findTraces.ts';

export interface CassandraOptions extends CqlOptions {
  readonly clock: Clock;
  readonly log: Log;
}

/** An answer made of many questions asks no more after this many times the time that one may take. */
const mostTimeouts = 3;

/**
 * The traces that Jaeger keeps in a Cassandra or ScyllaDB (schema v004, of Jaeger 1.26 and later), read from its
 * tables. Nothing is asked until a method is called.
 * @throws SourceError `rejected` when a contact point isn't one
 */
export function openCassandraSource(options: CassandraOptions): TraceSource {
  const { clock, log, timeoutMs } = options;
  const cql = openCql(options);
  const figures = new CassandraFigures({
    tables: cqlTables(cql),
    clock,
    timeToLive: async (signal) => (await cql.server(signal)).tables.get('duration_index') ?? 0,
  });
  const latenessFromNow = () => {
    const latest = later(clock.now(), fromMilliseconds(timeoutMs * mostTimeouts));
    return () => clock.now() > latest;
  };
  const find = async (query: TraceQuery, keepSpans: boolean, signal: AbortSignal) => {
    const asked = { query, now: clock.now(), keepSpans, isLate: latenessFromNow() };
    return logCut(await findTraces(cql, asked, signal));
  };
  const logCut = <T extends { complete: boolean; reason: string }>(answer: T): T => {
    if (!answer.complete) log.warn(`${cql.shown}: ${answer.reason}`);
    return answer;
  };
  return {
    label: message('Cassandra at {0}', cql.shown),
    capabilities: capabilities(),
    services: (signal) => readServices(cql, signal),
    operations: (service, signal) => readOperations(cql, service, signal),
    search: async (query, signal) => {
      const { traces, ...bounds } = await find(query, false, signal);
      return { traces: traces.map(({ summary }) => summary), ...bounds };
    },
    sample: async (query, signal) => {
      const { traces, ...bounds } = await find(query, true, signal);
      return { traces: traces.map(({ spans }) => spans), ...bounds };
    },
    trace: async (id, signal) => logCut(await wholeTrace(cql, readTraceId(id), signal)),
    figures: async (window, signal) =>
      logCut(await figures.read(window, latenessFromNow(), signal)),
    dispose: () => void cql.close(),
  };
}

async function wholeTrace(
  cql: CqlSession,
  traceId: string,
  signal: AbortSignal,
): Promise<TraceAnswer> {
  const { spans, ...dropped } = await readTrace(cql, traceId, signal);
  if (spans.length === 0 && dropped.droppedCount === 0)
    throw new SourceError(
      'notFound',
      message(
        "Trace {1} isn't in {0}. It may have expired, or not have arrived yet.",
        cql.shown,
        traceId,
      ),
    );
  const reason = droppedSentence(dropped, message('the Cassandra response'));
  return { spans, ...dropped, complete: reason === '', reason };
}

const capabilities = (): SourceCapabilities => ({
  completeFigures: true,
  searchAllServices: true,
  searchSlowest: true,
  limitations: [
    message('Error rates of Cassandra are based on the latest traces of each operation.'),
  ],
});
