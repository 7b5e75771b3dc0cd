import assert from 'node:assert/strict';
import { join } from 'node:path';

import { root, run } from '../../scripts/setup.mjs';
import type { EndpointLine } from '../../src/cli/endpointLines.ts';
import type { TraceSource } from '../../src/core/ports.ts';
import { epochMicroseconds, microseconds } from '../../src/core/base/units.ts';
import { buildTrace } from '../../src/core/trace/build.ts';
import { systemClock } from '../../src/engine/systemClock.ts';
import { openJaegerSource } from '../../src/sources/jaeger/jaegerSource.ts';
import { ordersController, shopLine } from '../integration/stage.ts';
import { eventually } from '../support/eventually.ts';
import { startBackends, type RunningScript } from '../support/runningScript.ts';
import { shopFolder } from '../support/shop.ts';
import { silentLog } from '../support/silentLog.ts';

const startLimitMs = 300_000;
const trafficLimitMs = 240_000;
const never = new AbortController().signal;

interface Addresses {
  readonly entry: string;
  readonly prometheus: string;
  readonly jaeger: string;
  readonly cassandra: string;
  readonly keyspace: string;
}

const addressesIn = (output: string): Addresses | undefined =>
  /Traefik +(?<entry>\S+).*Prometheus +(?<prometheus>\S+).*Jaeger +(?<jaeger>\S+).*Cassandra +(?<cassandra>\S+), keyspace (?<keyspace>\S+)/s.exec(
    output,
  )?.groups as Addresses | undefined;

describe('`npm run backends -- up`', function () {
  this.timeout(trafficLimitMs + 30_000);
  let backends: RunningScript;
  let at: Addresses;
  let jaeger: TraceSource;
  before(async function () {
    this.timeout(startLimitMs + 30_000);
    backends = startBackends('up', '--local');
    const printed = await eventually(
      'the addresses',
      () => Promise.resolve(addressesIn(backends.output())),
      (addresses) => addresses !== undefined || backends.hasEnded(),
      startLimitMs,
    );
    assert.ok(printed, backends.output());
    at = printed;
    jaeger = openJaegerSource({
      url: at.jaeger,
      headers: {},
      timeoutMs: 30_000,
      maxBytes: 50_000_000,
      sampleSize: 5_000,
      clock: systemClock,
      log: silentLog,
    });
  });
  after(async () => {
    jaeger.dispose();
    await backends.stop();
  });

  /** The newest that took more than a second; visitors come with one early. */
  const slowDelete = async () => {
    const now = Date.now() * 1_000;
    const { traces } = await jaeger.search(
      {
        service: 'shop-api',
        operation: 'DELETE /api/v1/orders/:id',
        minDuration: microseconds(1_000_000),
        errorsOnly: false,
        window: { start: epochMicroseconds(now - 3_600_000_000), end: epochMicroseconds(now) },
        limit: 1,
      },
      never,
    );
    return traces[0]?.traceId;
  };

  it('has one tree for a request that crosses proxy, Node, Go and the database', async () => {
    const traceId = await eventually(
      'the slow DELETE',
      slowDelete,
      (id) => id !== undefined,
      trafficLimitMs,
    );
    const whole = () => jaeger.trace(traceId ?? '', never).then(({ spans }) => buildTrace(spans));
    const isWhole = ({ trace, problemCount }: ReturnType<typeof buildTrace>) =>
      problemCount === 0 && trace.services.length >= 4;
    const { trace } = await eventually('its spans', whole, isWhole, 30_000);
    assert.deepEqual(trace.services.toSorted(), ['pricing-api', 'rates', 'shop-api', 'traefik']);
    const roots = trace.spans.filter((_, row) => trace.columns.parent[row] === -1);
    assert.deepEqual(
      roots.map(({ name, resource }) => [resource.service, name]),
      [['traefik', 'DELETE']],
    );
    const of = (service: string) => trace.spans.filter((span) => span.resource.service === service);
    assert.ok(of('rates').some(({ name }) => name === 'GET /rates/{country}'));
    assert.ok(of('shop-api').some(({ name }) => name === 'prisma:client:db_query'));
  });

  it('ranks the slow DELETE first, with its line, read from Cassandra', async () => {
    const flags = ['--cassandra', at.cassandra, '--keyspace', at.keyspace, '--window', '1h'];
    const cli = [join(root, 'dist', 'cli.cjs'), 'endpoints', ...flags, '--json', '--dir'];
    const printed = await run(process.execPath, [...cli, shopFolder]);
    const { endpoints } = JSON.parse(printed) as { endpoints: readonly EndpointLine[] };
    const { endpoint, handler, file, line } = endpoints[0]!;
    assert.deepEqual(
      { endpoint, handler, file, line },
      {
        endpoint: 'DELETE /api/v1/orders/:id',
        handler: 'OrdersController.remove',
        file: ordersController,
        line: shopLine(ordersController, 'async remove('),
      },
    );
    const ofGo = endpoints.find(({ service }) => service === 'rates');
    assert.deepEqual([ofGo?.endpoint, ofGo?.file], ['GET /rates/{country}', 'rates/rates.go']);
  });

  it('has the figures of every operation in Prometheus, and Jaeger answers with them', async () => {
    const path = '/api/metrics/calls?service=shop-api&groupByOperation=true&spanKind=server';
    const answer = await eventually(
      'calls of shop-api',
      async () => (await fetch(`${at.jaeger}${path}`)).text(),
      (text) => /"gaugeValue":\{"doubleValue":[0.]*[1-9]/.test(text),
      60_000,
    );
    assert.match(answer, /DELETE/);
    const up = await fetch(`${at.prometheus}/api/v1/query?query=up`);
    assert.match(await up.text(), /"job":"collector"/);
  });

  it('leaves nothing running after Ctrl+C', async () => {
    await backends.stop();
    for (const address of [at.entry, at.prometheus, at.jaeger, `http://${at.cassandra}`])
      await assert.rejects(fetch(address), /fetch failed/);
  });
});
