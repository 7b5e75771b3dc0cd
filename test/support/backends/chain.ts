import { setTimeout as sleep } from 'node:timers/promises';

import { eventually } from '../eventually.ts';
import { freePort } from '../freePort.ts';
import { startShop, type RunningShop } from '../shop.ts';
import { startCassandra, type RunningCassandra } from './cassandra.ts';
import { findCassandra } from './cassandraProgram.ts';
import { withClient } from './cassandraConnection.ts';
import { findCollector, startCollector } from './collector.ts';
import { startJaegerOnCassandra } from './jaegerOnCassandra.ts';
import { findJaeger } from './jaegerProgram.ts';
import { applyJaegerSchema } from './jaegerSchema.ts';
import { prometheusMetrics, startPrometheus } from './prometheus.ts';
import { findPrometheus } from './prometheusProgram.ts';
import { findRates } from './ratesProgram.ts';
import { findTraefik, startTraefik } from './traefik.ts';

/**
 * What teams run: Traefik, in front of samples/shop and its Go service, whose spans go through a Collector and a
 * Jaeger 1.67 to Cassandra; a Prometheus has the Collector's figures.
 */
export interface Chain {
  /** Traefik. */
  readonly entryUrl: string;
  /** Its visitors come through Traefik. */
  readonly shop: RunningShop;
  readonly cassandra: RunningCassandra;
  readonly keyspace: string;
  readonly jaegerUrl: string;
  readonly prometheusUrl: string;
  /** OTLP/HTTP of the Collector. */
  readonly otlp: string;
  readonly otlpGrpc: string;
  /** Waits until what the Collector got before is in Cassandra. */
  written(): Promise<void>;
  /** Ends everything, last started first. */
  stop(): Promise<void>;
}

const keyspace = 'jaeger_v1_dc1';
/** Its metrics are a second old. */
const collectorMs = 2_000;
/** Jaeger writes some 500 spans a second, less where other things run. */
const writeLimitMs = 300_000;

/** Builds and downloads, one after the other, what isn't in the cache yet: half an hour the first time. */
export async function prepareChain(): Promise<void> {
  await findRates();
  await findCassandra();
  await findPrometheus();
  await findJaeger();
  await findCollector();
  await findTraefik();
}

/** Starts the chain on free ports of 127.0.0.1; `log` gets what the services of the shop print. */
export async function startChain(log: (line: string) => void = () => undefined): Promise<Chain> {
  await prepareChain();
  const started: { stop(): Promise<void> }[] = [];
  const stop = async () => {
    for (let server = started.pop(); server; server = started.pop()) await server.stop();
  };
  const keep = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
    const server = await starting;
    started.push(server);
    return server;
  };
  try {
    const cassandra = await keep(startCassandra());
    await withClient(cassandra, (client) => applyJaegerSchema(client, { keyspace }));
    const metrics = `127.0.0.1:${String(await freePort())}`;
    const prometheus = await keep(startPrometheus([metrics]));
    const figures = prometheusMetrics(prometheus.url);
    const jaeger = await keep(startJaegerOnCassandra(cassandra, keyspace, figures));
    const collector = await keep(startCollector({ traces: jaeger.otlpGrpc, metrics }));
    const shop = await keep(startShop({ ...(await shopOptions(collector)), log }));
    const traefik = await keep(
      startTraefik({ otlpGrpc: collector.otlpGrpc, routers: routers(shop) }),
    );
    return {
      entryUrl: traefik.url,
      shop: { ...shop, urls: { shop: traefik.url, pricing: traefik.url } },
      cassandra,
      keyspace,
      jaegerUrl: jaeger.url,
      prometheusUrl: prometheus.url,
      otlp: collector.otlp,
      otlpGrpc: collector.otlpGrpc,
      written: async () => {
        await sleep(collectorMs);
        const sent = await collector.countedSpans();
        const isWritten = (count: number) => count >= sent;
        const written = () => jaeger.writtenSpans();
        await eventually('all spans in Cassandra', written, isWritten, writeLimitMs);
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Node exports by HTTP, Go by gRPC. */
async function shopOptions({ otlp, otlpGrpc }: Pick<Chain, 'otlp' | 'otlpGrpc'>) {
  const rates = await findRates();
  if (rates.kind !== 'binary') throw new Error('The rates service has no image.');
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: `http://${otlpGrpc}` };
  return { otlpEndpoint: otlp, rates: { program: rates.path, env } };
}

const routers = ({ urls }: RunningShop) => [
  { name: 'orders', rule: 'PathPrefix(`/api/v1/orders`)', service: 'shop-api', url: urls.shop },
  { name: 'shop', rule: 'PathPrefix(`/api`)', service: 'shop-api', url: urls.shop },
  { name: 'pricing', rule: 'PathPrefix(`/pricing`)', service: 'pricing-api', url: urls.pricing },
];
