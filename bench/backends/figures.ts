import { fromMinutes, later } from '../../src/core/base/units.ts';
import type { Clock, FiguresAnswer } from '../../src/core/ports.ts';
import { CassandraFigures } from '../../src/sources/cassandra/figures/cassandraFigures.ts';
import { cqlTables } from '../../src/sources/cassandra/figures/cqlTables.ts';
import { never } from '../../test/support/sourceContract/sent.ts';
import { clockOf, direct, findDirectly } from './direct.ts';
import { measured } from './measure.ts';
import { lineOf, type Line } from './report.ts';
import type { Stand } from './stand.ts';
import { readAll } from './throughJaeger.ts';
import { compare, slowestTraces, trueDurations, windowOf } from './truth.ts';

/** An hour whose spans are all written. */
const afterwards = fromMinutes(90);

/**
 * All operations' figures of an hour: at first, while its last spans may still be written, and when it is over; and its
 * slowest traces.
 */
export async function benchFigures(stand: Stand, count: number): Promise<readonly Line[]> {
  const { cql, traces } = stand;
  const window = windowOf(traces);
  const truth = trueDurations(traces, count);
  let clock: Clock = clockOf(traces);
  const figures = new CassandraFigures({
    tables: cqlTables(cql),
    clock: { now: () => clock.now() },
    timeToLive: () => Promise.resolve(0),
  });
  const read = (what: string) =>
    direct(what, cql, () => figures.read(window, () => false, never), comparison(truth));
  const lines = [await read('figures, first'), await read('figures, again')];
  clock = { now: () => later(clockOf(traces).now(), afterwards) };
  await figures.read(window, () => false, never);
  lines.push(await read('figures, again, hour over'));

  const slowest = slowestTraces(traces, count, 20);
  return [
    ...lines,
    await direct(
      'slowest 20 traces',
      cql,
      () => findDirectly(stand, { order: 'slowest', limit: 20 }),
      (ids) => `${String(ids.filter((id) => slowest.has(id)).length)} of 20`,
    ),
  ];
}

/** What the same takes through Jaeger's API: every trace of the hour. */
export async function benchAllTraces({ jaeger, traces }: Stand, count: number): Promise<Line> {
  const all = await measured(() => readAll(jaeger.url, windowOf(traces)));
  const found = `${String(all.value.traceIds.size)} of ${String(count)} traces`;
  return lineOf('all traces', 'Jaeger', all, all.value, found);
}

const comparison =
  (truth: ReadonlyMap<string, readonly number[]>) =>
  ({ operations, reason }: FiguresAnswer): string => {
    const { right, others, worst } = compare(operations, truth);
    return (
      `${String(right)} of ${String(truth.size)} operations with the true count and maximum, ` +
      `${String(others)} others, quantiles off by ${(100 * worst).toFixed(2)} % at most ${reason}`
    ).trimEnd();
  };
