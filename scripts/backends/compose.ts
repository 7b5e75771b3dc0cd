import { join } from 'node:path';

import { printed } from '../../test/support/backends/installed.ts';
import type { CleanUp } from '../demo/cleanUp.ts';
import { root, run } from '../setup.mjs';
import type { ChainAddresses } from './addresses.ts';

const file = join(root, 'scripts', 'backends', 'compose.yaml');
const compose = (...args: readonly string[]) => run('docker', ['compose', '-f', file, ...args]);

/** Whether an engine runs here, and a Compose. */
export const hasCompose = async (): Promise<boolean> =>
  (await printed('docker', ['info'])) !== '' &&
  (await printed('docker', ['compose', 'version'])) !== '';

/** The chain in containers, on the ports of compose.yaml. */
export async function startComposed(cleanUp: CleanUp): Promise<ChainAddresses> {
  console.log(
    'Starting the servers with Docker Compose; the first time their images are downloaded',
  );
  cleanUp.add(async () => {
    await compose('down', '--volumes');
  });
  await compose('up', '--detach', '--wait');
  return {
    entryUrl: 'http://127.0.0.1:8000',
    jaegerUrl: 'http://127.0.0.1:16686',
    cassandra: '127.0.0.1:9042',
    keyspace: 'jaeger_v1_dc1',
    prometheusUrl: 'http://127.0.0.1:9090',
    otlp: 'http://127.0.0.1:4318',
    otlpGrpc: '127.0.0.1:4317',
  };
}
