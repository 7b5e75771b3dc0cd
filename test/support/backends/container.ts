import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { promisify } from 'node:util';

import { startServer, type ChildServer } from './childServer.ts';

const run = promisify(execFile);
/** The first run of an image downloads it. */
const pullTimeoutMs = 5 * 60_000;

export interface Container {
  /** Of what runs in it, for messages: `Jaeger`. */
  readonly name: string;
  readonly image: string;
  /** Of `docker run`. */
  readonly flags: readonly string[];
  /** Of the program in it. */
  readonly args: readonly string[];
}

/**
 * Starts a container and waits until `isReady` answers true; it is removed with its end.
 * @throws Error with what it printed last when it ends first or isn't ready in time
 */
export async function startContainer(
  { name, image, flags, args }: Container,
  isReady: () => Promise<boolean>,
): Promise<ChildServer> {
  const id = `spanhop-${name.toLowerCase().replaceAll(' ', '-')}-${randomUUID()}`;
  const command = ['docker', 'run', '--rm', '--init', `--name=${id}`, ...flags, image] as const;
  const server = await startServer(name, [...command, ...args], isReady, {
    timeoutMs: pullTimeoutMs,
  });
  const stop = async () => {
    await server.stop();
    // A client that had to be killed leaves its container; usually there is none any more.
    await run('docker', ['rm', '--force', id]).catch(() => undefined);
  };
  return { ...server, stop };
}
