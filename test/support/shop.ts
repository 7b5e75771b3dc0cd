import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startShop as start, type Rates } from '../../samples/shop/scripts/shop.mts';
import { drive, type TrafficReport } from '../../samples/shop/traffic/drive.mts';
import { ensureInstalled, ensureShopBuilt, shopFolder } from '../../scripts/setup.mjs';

export { shopFolder };
export type { TrafficReport } from '../../samples/shop/traffic/drive.mts';

export interface ShopOptions {
  /** Where spans go: `http://127.0.0.1:4318`, without `/v1/traces`. */
  readonly otlpEndpoint: string;
  /** Undefined: a temporary folder that `stop` removes. */
  readonly dataFolder?: string;
  /** `NODE_OPTIONS` of the two services. */
  readonly nodeOptions?: string;
  /** The Go service that pricing-api asks for rates; undefined: the tax authority itself. */
  readonly rates?: Rates;
  readonly log?: (line: string) => void;
}

/** Where visitors call. */
export interface Visited {
  readonly urls: { readonly shop: string; readonly pricing: string };
}

export interface RunningShop extends Visited {
  readonly dataFolder: string;
  /** Waits until what was traced before the call has been exported. */
  flush(): Promise<void>;
  /** Ends the services, which export their last spans first. May be called again. */
  stop(): Promise<void>;
}

/** How often the services export, and what their queue holds: a slow delete has 500 spans. */
const exportEveryMs = 300;
const exportSettings = {
  OTEL_BSP_SCHEDULE_DELAY: String(exportEveryMs),
  OTEL_BSP_MAX_QUEUE_SIZE: '20000',
  NO_COLOR: '1',
};

/** Installs and builds samples/shop where that isn't done for its present sources. */
export async function installShop(log: (line: string) => void = () => undefined): Promise<void> {
  await ensureInstalled(shopFolder, log);
  await ensureShopBuilt(log);
}

/** Runs the sample on free ports with a fresh, seeded database; several may run at once. */
export async function startShop(options: ShopOptions): Promise<RunningShop> {
  const temporary = options.dataFolder === undefined;
  const dataFolder = options.dataFolder ?? (await mkdtemp(join(tmpdir(), 'spanhop-shop-')));
  const shop = await start({
    dataFolder,
    ports: { shop: 0, pricing: 0, taxAuthority: 0 },
    env: {
      ...exportSettings,
      OTEL_EXPORTER_OTLP_ENDPOINT: options.otlpEndpoint,
      ...(options.nodeOptions === undefined ? {} : { NODE_OPTIONS: options.nodeOptions }),
    },
    ...(options.rates && { rates: options.rates }),
    log: options.log ?? (() => undefined),
  });
  return {
    urls: shop.urls,
    dataFolder,
    flush: async () => {
      await sleep(3 * exportEveryMs);
    },
    stop: async () => {
      await shop.stop();
      if (temporary) await rm(dataFolder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

export interface TrafficOptions {
  /** The same seed, rate and seconds send the same requests. */
  readonly seed?: number;
  /** Visits that begin in a second. */
  readonly rate?: number;
  readonly seconds?: number;
  readonly signal?: AbortSignal;
}

/** Sends visitors and waits for the last answer; the report counts what was sent, by route and status. */
export function runTraffic(
  shop: Visited,
  { seed = 1, rate = 3, seconds = 10, signal }: TrafficOptions = {},
): Promise<TrafficReport> {
  const urls = { 'shop-api': shop.urls.shop, 'pricing-api': shop.urls.pricing };
  return drive({ urls, seed, rate, seconds, ...(signal ? { signal } : {}) });
}
