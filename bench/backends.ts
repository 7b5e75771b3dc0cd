import { loadavg } from 'node:os';
import { openTestKeyspace } from '../test/support/backends/testKeyspace.ts';
import { benchAllTraces, benchFigures } from './backends/figures.ts';
import { benchLongTrace, spans as spansOfLongTrace } from './backends/longTrace.ts';
import { reportText, type SizeReport } from './backends/report.ts';
import { benchSearch } from './backends/search.ts';
import { openStand, type Stand } from './backends/stand.ts';
import { spansPerTrace } from './backends/traces.ts';

/** Processes that want a core, on average of the last five minutes. */
const load = () => loadavg()[1]!;

/** `SPANHOP_BENCH_SPANS=10000,100000` for smaller ones: Jaeger writes some 1,000 spans a second on two cores. */
const sizes = (process.env['SPANHOP_BENCH_SPANS'] ?? '10000,100000,1000000').split(',').map(Number);

/**
 * Writes spans through a real Jaeger 1.67 into a real Cassandra, a keyspace for each size, and prints what figures, the
 * slowest traces, a search and a long trace take straight from the tables and through Jaeger, and how true they are. On
 * a cluster of `SPANHOP_TEST_CASSANDRA` the keyspaces stay: the next run writes nothing.
 */
export async function benchBackends(asJson: boolean): Promise<void> {
  const store = await openTestKeyspace({ heapMb: 2_048 });
  const reports: SizeReport[] = [];
  const on = async (
    name: string,
    count: number,
    report: (stand: Stand) => Promise<Omit<SizeReport, 'load'>>,
  ) => {
    const stand = await openStand(store.address, name, count);
    try {
      const done = { ...(await report(stand)), load: load() };
      reports.push(done);
      if (!asJson) console.log(reportText(done));
    } finally {
      await stand.close();
    }
  };
  try {
    for (const spans of sizes) {
      const traces = Math.floor(spans / spansPerTrace);
      await on(String(spans), traces, async (stand) => ({
        spans,
        traces,
        writing: stand.writing,
        lines: [
          ...(await benchFigures(stand, traces)),
          await benchAllTraces(stand, traces),
          ...(await benchSearch(stand, traces)),
        ],
      }));
    }
    await on('long_trace', 0, async (stand) => ({
      spans: spansOfLongTrace,
      traces: 1,
      writing: undefined,
      lines: await benchLongTrace(stand),
    }));
  } finally {
    await store.stop();
  }
  if (asJson) console.log(JSON.stringify({ sizes: reports }, undefined, 2));
}
