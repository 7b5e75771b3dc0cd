import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import {
  runTraffic,
  startShop,
  type RunningShop,
  type TrafficReport,
} from '../../test/support/shop.ts';
import { demoFolder } from './build.ts';
import type { CleanUp } from './cleanUp.ts';

/** Starts the sample; what its services print goes to out/demo/shop.log. */
export async function startSample(otlpEndpoint: string, cleanUp: CleanUp): Promise<RunningShop> {
  console.log('Starting shop-api and pricing-api');
  const shop = await startShop({ otlpEndpoint, log: keepLog(cleanUp) });
  cleanUp.add(() => shop.stop());
  return shop;
}

/** Takes the lines that the sample prints; they are in out/demo/shop.log in the end. */
export function keepLog(cleanUp: CleanUp): (line: string) => void {
  const lines: string[] = [];
  cleanUp.add(() => writeFile(join(demoFolder, 'shop.log'), lines.join('\n')));
  return (line) => void lines.push(line);
}

/** Sends the demo's visitors and says what they did. */
export async function sendVisitors(
  shop: RunningShop,
  seconds: number,
  signal: AbortSignal,
): Promise<TrafficReport> {
  console.log(`Sending visitors for ${seconds} s`);
  const report = await runTraffic(shop, { seed: 1, rate: 4, seconds, signal });
  const { visits, requests, routes, failures } = report;
  console.log(`Sent ${requests} requests of ${visits} visitors to ${routes.length} routes`);
  for (const failure of failures.slice(0, 3)) console.warn(`No answer: ${failure}`);
  await writeFile(join(demoFolder, 'traffic.json'), JSON.stringify(report, null, 2));
  signal.throwIfAborted();
  await shop.flush();
  return report;
}
