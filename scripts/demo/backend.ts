import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

import { startReceiver } from '../../src/engine/receiver.ts';
import { startJaeger } from '../../test/support/backends/jaeger.ts';
import type { RunningShop } from '../../test/support/shop.ts';
import { receiverWorker } from './build.ts';
import type { CleanUp } from './cleanUp.ts';

/** Where the sample's spans go, and how `spanhop` reads them from there. */
export interface Backend {
  /** `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly otlp: string;
  readonly sourceFlags: readonly string[];
  /** How the editor does. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** A sample that runs already and sends its spans there; undefined: it is started after this. */
  readonly shop?: RunningShop;
  /** Waits until what it has got can be read; undefined: at once. */
  readonly written?: () => Promise<void>;
}

const maxStoreBytes = 512_000_000;
const maxStoreHours = 72;
const startLimitMs = 15_000;

export async function startJaegerBackend(cleanUp: CleanUp): Promise<Backend> {
  console.log('Starting Jaeger 1.67 (the first time it is built, which takes some minutes)');
  const jaeger = await startJaeger();
  const { url, otlp } = jaeger;
  cleanUp.add(() => jaeger.stop());
  console.log(`Jaeger shows its own pages at ${url}`);
  const settings = { 'spanhop.source': 'jaeger', 'spanhop.jaeger.url': url };
  return { otlp, sourceFlags: ['--jaeger', url], settings };
}

/**
 * The extension's own receiver in front of its store. It keeps the port: the editor's shares its store.
 * @throws Error when it can't listen on `port`.
 */
export async function startLocalBackend(
  databasePath: string,
  port: number,
  cleanUp: CleanUp,
): Promise<Backend> {
  await mkdir(dirname(databasePath), { recursive: true });
  const listening = Promise.withResolvers<undefined>();
  const log = { info: () => undefined, warn: console.warn, error: console.error };
  const receiver = startReceiver({
    workerPath: receiverWorker,
    databasePath,
    port,
    host: '127.0.0.1',
    maxBytes: maxStoreBytes,
    maxAgeHours: maxStoreHours,
    log,
    onState: (state) => {
      if (state.kind === 'listening') listening.resolve(undefined);
      else if ('message' in state) listening.reject(new Error(state.message));
    },
    onNotice: console.warn,
    onSpans: () => undefined,
  });
  cleanUp.add(async () => {
    receiver.dispose();
    await Promise.resolve();
  });
  const late = setTimeout(() => {
    listening.reject(new Error(`The receiver did not listen on port ${port} in time.`));
  }, startLimitMs);
  try {
    await listening.promise;
  } finally {
    clearTimeout(late);
  }
  return {
    otlp: `http://127.0.0.1:${port}`,
    sourceFlags: ['--local', databasePath],
    settings: { 'spanhop.localStore.port': port },
  };
}
