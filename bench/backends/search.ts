import { systemClock } from '../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../src/sources/jaeger/jaegerSource.ts';
import { silentLog } from '../../test/support/silentLog.ts';
import { never, query } from '../../test/support/sourceContract/sent.ts';
import { startCountingProxy } from './countingProxy.ts';
import { direct, findDirectly } from './direct.ts';
import { measured } from './measure.ts';
import { lineOf, type Line } from './report.ts';
import type { Stand } from './stand.ts';
import { ask } from './throughJaeger.ts';
import { service } from './traces.ts';
import { trueMatches, windowOf } from './truth.ts';

const limits = [20, 1_500];

/** A search by operation and tag, which Jaeger's reader on Cassandra answers with part of what there is. */
export async function benchSearch(stand: Stand, count: number): Promise<readonly Line[]> {
  const { cql, jaeger, traces } = stand;
  const { operation, tenant, traceIds } = trueMatches(traces, count);
  const attributes = [{ key: 'tenant', value: tenant }];
  const window = windowOf(traces);
  const lines: Line[] = [];
  for (const limit of limits) {
    const recall = (ids: Iterable<string>) =>
      `${String([...ids].filter((id) => traceIds.has(id)).length)} of ${String(Math.min(limit, traceIds.size))} traces`;
    const what = `tag and operation, limit ${String(limit)}`;
    lines.push(
      await direct(what, cql, () => findDirectly(stand, { operation, attributes, limit }), recall),
    );
    const { start, end } = window;
    const tags = JSON.stringify({ tenant });
    const answer = await measured(() =>
      ask(jaeger.url, { start, end: end - 1, limit, operation, tags }),
    );
    lines.push(lineOf(what, 'Jaeger', answer, answer.value, recall(answer.value.traceIds)));
    lines.push(
      await onJaeger(what, jaeger.url, recall, { service, operation, attributes, window, limit }),
    );
  }
  return lines;
}

async function onJaeger(
  what: string,
  url: string,
  recall: (ids: Iterable<string>) => string,
  parts: Parameters<typeof query>[0],
): Promise<Line> {
  const proxy = await startCountingProxy(url);
  const source = openJaegerSource({
    url: proxy.url,
    headers: {},
    timeoutMs: 60_000,
    maxBytes: 200_000_000,
    sampleSize: 200,
    clock: systemClock,
    log: silentLog,
  });
  try {
    const found = await measured(() => source.search(query(parts), never));
    const { traces, reason } = found.value;
    const truth = `${recall(traces.map(({ traceId }) => traceId))} ${reason}`.trimEnd();
    return lineOf(what, 'Spanhop on Jaeger', found, proxy.taken(), truth);
  } finally {
    source.dispose();
    await proxy.close();
  }
}
