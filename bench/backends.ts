import { loadavg } from 'node:os';
import { openTestKeyspace } from '../test/support/backends/testKeyspace.ts';
import { benchAllTraces, benchFigures } from './backends/figures.ts';
import { benchLongTrace, spans as spansOfLongTrace } from './backends/longTrace.ts';
import { reportText, type Line, type SizeReport } from './backends/report.ts';
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
  const run = async (
    name: string,
    count: number,
    size: Pick<SizeReport, 'spans' | 'traces'>,
    work: (stand: Stand) => Promise<readonly Line[]>,
  ) => {
    const stand = await openStand(store.address, name, count);
    try {
      const report = { ...size, ...stand.written, lines: await work(stand), load: load() };
      reports.push(report);
      if (!asJson) console.log(reportText(report));
    } finally {
      await stand.close();
    }
  };
  try {
    for (const size of sizes) {
      const count = Math.floor(size / spansPerTrace);
      await run(String(size), count, { spans: size, traces: count }, async (stand) => [
        ...(await benchFigures(stand, count)),
        await benchAllTraces(stand, count),
        ...(await benchSearch(stand, count)),
      ]);
    }
    await run('long_trace', 0, { spans: spansOfLongTrace, traces: 1 }, benchLongTrace);
  } finally {
    await store.stop();
  }
  if (asJson) console.log(JSON.stringify({ sizes: reports }, undefined, 2));
}
