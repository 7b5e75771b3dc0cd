import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';

import { installDebianPackage } from './debianPackage.ts';

const isThere = () => spawnSync('redis-server', ['--version']).status === 0;

/** Whether there is a redis-server, installed now on a test machine; without one, says what to do. */
export function findRedis(): boolean {
  if (isThere() || (installDebianPackage('redis-server') && isThere())) return true;
  console.log(
    'Tests of queues are skipped: there is no redis-server. Install it (Debian, Ubuntu: `sudo apt-get install redis-server`), then run this again.',
  );
  return false;
}

/** A redis-server that keeps nothing, on this port of 127.0.0.1; ready when this settles. */
export async function startRedis(port: number): Promise<ChildProcess> {
  const args = ['--port', String(port), '--save', '', '--bind', '127.0.0.1'];
  const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
  for await (const line of createInterface(server.stdout)) if (/ready to accept/i.test(line)) break;
  server.stdout.resume();
  return server;
}
