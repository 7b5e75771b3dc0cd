import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { companionOptions } from '../test/support/companion.ts';
import { installShop, startShop, type RunningShop } from '../test/support/shop.ts';
import { startTestServer } from '../test/support/testServer.ts';

const rounds = 40;
/** In turn of each path, so that rounds are alike. */
const requests = 80;
const concurrency = 8;
const paths = [
  '/api/v1/products',
  '/api/v1/products/3',
  '/api/v1/orders/5',
  '/api/v1/orders',
  '/api/v2/orders',
  '/api/v1/customers/2/orders',
  '/api/v1/products/3/reviews',
  '/api/v1/health',
];

interface Variant {
  readonly name: string;
  readonly shop: RunningShop;
  readonly cpuFolder: string;
  readonly rates: number[];
  /** CPU µs a request, one a round. */
  readonly cpu: number[];
  readonly latencies: number[];
}

/**
 * Prints how many requests a second samples/shop answers with the companion and without, both running, loaded
 * in turns; the slowest of a hundred, and the CPU time that the services take for a request.
 */
export async function benchCompanion(): Promise<void> {
  await installShop(console.log);
  const scratch = await mkdtemp(join(tmpdir(), 'spanhop-bench-'));
  const collector = await startTestServer((request, response) => {
    request.resume().once('end', () => response.end());
  });
  const variants: Variant[] = [];
  try {
    for (const [name, options] of [
      ['without', ''],
      ['with', await companionOptions()],
    ] as const) {
      const cpuFolder = await mkdtemp(join(scratch, name));
      const report = pathToFileURL(join(import.meta.dirname, 'companionCpu.mjs'));
      report.searchParams.set('folder', cpuFolder);
      const nodeOptions = `--import ${report.href} ${options}`;
      const shop = await startShop({ otlpEndpoint: collector.url, nodeOptions });
      variants.push({ name, shop, cpuFolder, rates: [], cpu: [], latencies: [] });
    }
    for (const variant of variants) await load(variant.shop);
    for (let round = 0; round < rounds; round++) {
      for (const variant of round % 2 === 0 ? variants : variants.toReversed())
        await measure(variant);
    }
    print(variants);
  } finally {
    for (const { shop } of variants) await shop.stop();
    await collector.close();
    await rm(scratch, { recursive: true, force: true });
  }
}

async function measure({ shop, cpuFolder, rates, cpu, latencies }: Variant): Promise<void> {
  const before = await cpuMicroseconds(cpuFolder);
  const started = performance.now();
  const taken = await load(shop);
  rates.push((taken.length / (performance.now() - started)) * 1_000);
  const after = await cpuMicroseconds(cpuFolder);
  cpu.push((after - before) / taken.length);
  latencies.push(...taken);
}

/** Sends a round of requests, `concurrency` at a time; how long each took, in ms. */
async function load({ urls }: RunningShop): Promise<number[]> {
  const taken: number[] = [];
  let next = 0;
  const worker = async () => {
    while (next < requests) {
      const path = paths[next++ % paths.length]!;
      const started = performance.now();
      const response = await fetch(urls.shop + path);
      await response.arrayBuffer();
      taken.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return taken;
}

/** Of all processes of a variant, as they last said. */
async function cpuMicroseconds(folder: string): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 300));
  let sum = 0;
  for (const file of await readdir(folder))
    sum += Number(await readFile(join(folder, file), 'utf8'));
  return sum;
}

function print(variants: readonly Variant[]): void {
  for (const { name, rates, cpu, latencies } of variants) {
    const figures = [
      `${median(rates).toFixed(0)} requests/s`,
      `p99 ${quantile(latencies, 0.99).toFixed(1)} ms`,
      `${median(cpu).toFixed(0)} µs of CPU a request`,
    ];
    console.log(`  ${name.padEnd(8)} ${figures.join(', ')} (${String(latencies.length)} requests)`);
  }
  const [without, added] = variants;
  if (without === undefined || added === undefined) return;
  const change = (of: (variant: Variant) => readonly number[]) => {
    const ratios = of(added).map((value, round) => value / of(without)[round]!);
    return `${(100 * (median(ratios) - 1)).toFixed(1)} %`;
  };
  console.log(
    `  change   requests/s ${change(({ rates }) => rates)}, CPU ${change(({ cpu }) => cpu)}`,
  );
}

const median = (values: readonly number[]) => quantile(values, 0.5);
const quantile = (values: readonly number[], share: number) =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? 0;
