import { createServer } from 'node:net';

import { freePort } from '../../test/support/freePort.ts';

const otlpPort = 4318;

/** OTLP's own port, or another where it is taken. */
export async function demoPort(): Promise<number> {
  if (await isFree(otlpPort)) return otlpPort;
  const port = await freePort();
  console.log(`Port ${otlpPort} is in use, so the demo receives spans on ${port}.`);
  return port;
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
