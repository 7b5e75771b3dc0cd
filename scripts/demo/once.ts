import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

import { freePort } from '../../test/support/freePort.ts';
import { root } from '../setup.mjs';
import { startJaegerBackend, startLocalBackend, type Backend } from './backend.ts';
import { demoFolder, spanhop } from './build.ts';
import { startChainBackend } from './chain.ts';
import type { CleanUp } from './cleanUp.ts';
import type { DemoOptions } from './main.ts';
import { sendVisitors, startSample } from './traffic.ts';

const trafficSeconds = 15;

interface EndpointsJson {
  readonly endpoints: readonly {
    readonly endpoint: string;
    readonly figures: { readonly slowestTraceId?: string };
  }[];
}

/** Sample, traffic, store and index for real; prints the slowest endpoints, where the time of the first goes, and its slowest trace. */
export async function showOnce(
  { jaeger, chain }: DemoOptions,
  cleanUp: CleanUp,
  signal: AbortSignal,
): Promise<void> {
  await rm(demoFolder, { recursive: true, force: true });
  await mkdir(demoFolder, { recursive: true });
  const backend = await openBackend();
  const shop = backend.shop ?? (await startSample(backend.otlp, cleanUp));
  signal.throwIfAborted();
  await sendVisitors(shop, trafficSeconds, signal);
  await shop.stop();
  await backend.written?.();
  await show(backend, signal);

  async function openBackend(): Promise<Backend> {
    if (chain) return startChainBackend(cleanUp);
    if (jaeger) return startJaegerBackend(cleanUp);
    return startLocalBackend(join(demoFolder, 'traces.db'), await freePort(), cleanUp);
  }
}

async function show({ sourceFlags }: Backend, signal: AbortSignal): Promise<void> {
  const endpoints = ['endpoints', ...sourceFlags, '--window', '1h'];
  console.log(`\n${await spanhop(...endpoints)}`);
  const json = await spanhop(...endpoints, '--json');
  await write('endpoints.json', json);
  signal.throwIfAborted();
  const [first] = (JSON.parse(json) as EndpointsJson).endpoints;
  const slowest = first?.figures.slowestTraceId;
  if (slowest === undefined) throw new Error('No trace arrived. See out/demo/shop.log.');
  const explain = ['explain', first?.endpoint ?? '', ...sourceFlags];
  console.log(`${await spanhop(...explain)}\n`);
  await write('explain.json', await spanhop(...explain, '--json'));
  console.log(await spanhop('trace', slowest, ...sourceFlags));
  await write('trace.json', await spanhop('trace', slowest, ...sourceFlags, '--json'));
}

async function write(name: string, text: string): Promise<void> {
  const path = join(demoFolder, name);
  await writeFile(path, text);
  console.log(`Written: ${relative(root, path)}`);
}
