import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { epochMicroseconds } from '../src/core/base/units.ts';
import { startReceiver } from '../src/engine/receiver.ts';
import { openLocalSource } from '../src/sources/local/localSource.ts';

const spans = 200_000;
const frame = 16;
const log = { info: () => undefined, warn: console.warn, error: console.error };
const signal = new AbortController().signal;

/**
 * Prints how many spans a second the receiver takes from batches of the real protobuf exporter, sent by
 * another process, and how long this process's main thread was kept from its work meanwhile.
 */
export async function benchIngest(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'spanhop-ingest-'));
  const databasePath = join(folder, 'traces.db');
  const sender = fork(fileURLToPath(new URL('./ingestSender.ts', import.meta.url)), [
    String(spans),
  ]);
  const [batches] = (await once(sender, 'message')) as [{ batches: number; bytes: number }];
  const { port, stop } = await receive(databasePath);

  const atRest = await lateness(() => pause(5_000));
  const amongOthers = await lateness(keepCoresBusy);
  const cpu = process.cpuUsage();
  const begun = performance.now();
  const mainCpu = process.threadCpuUsage();
  const during = await lateness(async () => {
    sender.send(port);
    await once(sender, 'disconnect');
  });
  const seconds = (performance.now() - begun) / 1_000;
  const mainUsed = process.threadCpuUsage(mainCpu);
  const used = process.cpuUsage(cpu);
  const cpuSeconds = (used.user + used.system) / 1e6;

  const source = openLocalSource({ databasePath, log });
  await printQueries(source);
  source.dispose();
  await stop();
  const disk = statSync(databasePath).size;
  rmSync(folder, { recursive: true });
  const rate = (value: number) => Math.round(value).toLocaleString('en');
  console.log(
    `  ${rate(spans)} spans in ${batches.batches} batches of ${rate(batches.bytes / batches.batches)} bytes`,
  );
  console.log(
    `  ${rate(spans / seconds)} spans/s; ${rate(spans / cpuSeconds)} per second of CPU (aim 20,000)`,
  );
  console.log(
    `  main thread at work for ${during.busy.toFixed(1)} ms at most between two ticks (aim ${frame}), ${((mainUsed.user + mainUsed.system) / 1_000).toFixed(0)} ms in all`,
  );
  console.log(
    `  late by ${during.late.toFixed(1)} ms at most; at rest ${atRest.late.toFixed(1)} ms, beside other busy processes ${amongOthers.late.toFixed(1)} ms`,
  );
  console.log(`  ${(disk / spans).toFixed(0)} bytes of disk a span`);
}

/**
 * How long timers of this thread were late at most while `work` ran, and the most CPU time it used itself
 * between two ticks, in ms: what it is late by beyond that, it waited for a core.
 */
async function lateness(work: () => Promise<unknown>): Promise<{ late: number; busy: number }> {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  let busy = 0;
  let before = process.threadCpuUsage();
  const ticks = setInterval(() => {
    const now = process.threadCpuUsage();
    busy = Math.max(busy, now.user + now.system - before.user - before.system);
    before = now;
  }, 1);
  delay.enable();
  await work();
  delay.disable();
  clearInterval(ticks);
  // The histogram counts its own 1 ms of sleep.
  return { late: delay.max / 1e6 - 1, busy: busy / 1_000 };
}

/** Five seconds of other processes that want every core: what a timer is late by without any receiver. */
async function keepCoresBusy(): Promise<void> {
  const spin = 'const end = Date.now() + 5_000; while (Date.now() < end);';
  const others = Array.from({ length: availableParallelism() }, () =>
    spawn(process.execPath, ['-e', spin], { stdio: 'ignore' }),
  );
  await Promise.all(others.map((other) => once(other, 'exit')));
}

async function receive(databasePath: string) {
  const listening = Promise.withResolvers<number>();
  const stopped = Promise.withResolvers<undefined>();
  const receiver = startReceiver({
    workerPath: new URL('../src/sources/local/receiverWorker.ts', import.meta.url),
    databasePath,
    port: 0,
    host: '127.0.0.1',
    maxBytes: 2e9,
    maxAgeHours: 24,
    log,
    onState: (state) => {
      if (state.kind === 'listening') listening.resolve(state.port);
      if (state.kind === 'stopped') stopped.resolve(undefined);
    },
    onNotice: console.warn,
    onSpans: () => undefined,
  });
  const stop = () => {
    receiver.dispose();
    return stopped.promise;
  };
  return { port: await listening.promise, stop };
}

async function printQueries(source: ReturnType<typeof openLocalSource>): Promise<void> {
  const end = Date.now() * 1_000;
  const window = { start: epochMicroseconds(end - 3.6e9), end: epochMicroseconds(end) };
  const query = {
    service: undefined,
    operation: undefined,
    minDuration: undefined,
    errorsOnly: false,
    window,
    limit: 20,
  };
  const time = async (name: string, ask: () => Promise<unknown>) => {
    const begun = performance.now();
    await ask();
    console.log(`  ${name.padEnd(34)} ${(performance.now() - begun).toFixed(1).padStart(7)} ms`);
  };
  await time('figures of an hour', () => source.figures(window, signal));
  await time('search, newest of all', () => source.search(query, signal));
  await time('search, slowest of a service', () =>
    source.search({ ...query, service: 'shop-api', order: 'slowest' }, signal),
  );
  await time('sample of 100 traces', () => source.sample({ ...query, limit: 100 }, signal));
}
