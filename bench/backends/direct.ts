import { epochMicroseconds } from '../../src/core/base/units.ts';
import type { Clock } from '../../src/core/ports.ts';
import type { CqlSession } from '../../src/sources/cassandra/cql/session.ts';
import { findTraces } from '../../src/sources/cassandra/search/findTraces.ts';
import { never } from '../../test/support/sourceContract/sent.ts';
import { measured } from './measure.ts';
import { lineOf, type Line } from './report.ts';
import type { Stand } from './stand.ts';
import { service, type Traces } from './traces.ts';
import { windowOf } from './truth.ts';

/** As late as the traces are: a run on traces that were there sees what the first one saw. */
export const clockOf = ({ end }: Traces): Clock => ({ now: () => epochMicroseconds(end) });

/** Asks the tables, and says what it took of the cluster. */
export async function direct<T>(
  what: string,
  cql: CqlSession,
  work: () => Promise<T>,
  truthOf: (value: T) => string,
): Promise<Line> {
  const before = { ...cql.totals };
  const result = await measured(work);
  const { queries, rows, bytes } = cql.totals;
  const taken = {
    bytes: bytes - before.bytes,
    requests: queries - before.queries,
    rows: rows - before.rows,
  };
  return lineOf(what, 'tables', result, taken, truthOf(result.value));
}

/** Ids of the traces that a search straight from the tables finds. */
export async function findDirectly(
  { cql, traces }: Stand,
  parts: object,
): Promise<readonly string[]> {
  const query = {
    service,
    operation: undefined,
    minDuration: undefined,
    errorsOnly: false,
    window: windowOf(traces),
    limit: 20,
    ...parts,
  };
  const asked = { query, now: clockOf(traces).now(), keepSpans: false, isLate: () => false };
  const found = await findTraces(cql, asked, never);
  return found.traces.map(({ summary }) => summary.traceId);
}
