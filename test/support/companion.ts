import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { buildInstrumentation } from '../../instrumentation/build.mjs';
import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import { withAsked } from './callTruth.ts';
import { runTraffic, startShop, type TrafficOptions } from './shop.ts';
import { collectSpans } from './spanCollector.ts';

let built: Promise<string> | undefined;

/** Folder of the built `@spanhop/otel`; built once a run. */
export const companionFolder = (): Promise<string> => (built ??= buildInstrumentation());

/** `NODE_OPTIONS` that add it to a program that knows nothing of it. */
export async function companionOptions(): Promise<string> {
  const register = join(await companionFolder(), 'dist', 'register.mjs');
  return `--import ${pathToFileURL(register).href}`;
}

/** Preloaded beside it: spans of queries tell what they were asked for. */
const askedQueries = new URL('./askedQueries.ts', import.meta.url).href;

/** The spans of samples/shop under traffic, with `code.*` attributes, and `test.asked` on queries. */
export async function shopSpansWithCode(traffic: TrafficOptions): Promise<readonly RawSpan[]> {
  const collector = await collectSpans();
  try {
    const shop = await startShop({
      otlpEndpoint: collector.url,
      nodeOptions: `${await companionOptions()} --import ${askedQueries}`,
    });
    try {
      await runTraffic(shop, traffic);
    } finally {
      await shop.stop();
    }
    return withAsked(collector.spans);
  } finally {
    await collector.close();
  }
}
