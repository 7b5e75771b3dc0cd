import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';

/** A server in a process of its own, ended with ours at the latest. */
export interface ChildServer {
  /** The end of what it printed, for a failure's message. */
  output(): string;
  /** For what a test does to it: SIGSTOP, SIGCONT, SIGKILL. */
  signal(signal: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** One that can be started again on its ports, without what it had in memory. */
export interface RestartableServer extends ChildServer {
  /** Ends it, if it still runs, and starts it again. */
  restart(): Promise<void>;
}

/** A server out of what starts it. */
export async function restartable(start: () => Promise<ChildServer>): Promise<RestartableServer> {
  let server = await start();
  return {
    output: () => server.output(),
    signal: (signal) => server.signal(signal),
    stop: () => server.stop(),
    restart: async () => {
      await server.stop();
      server = await start();
    },
  };
}

export interface ServerLimits {
  readonly env?: Readonly<Record<string, string>>;
  /** To become ready; 30 s. */
  readonly timeoutMs?: number;
  /** Between asking it to end and ending it; 5 s. */
  readonly stopMs?: number;
}

const keptOutput = 20_000;
const running = new Set<ChildProcess>();

const endAll = (): void => {
  for (const child of running) child.kill('SIGKILL');
};
process.once('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
  process.once(signal, () => {
    // Whoever else listens ends them in the order that they need, or the process.
    if (process.listenerCount(signal) > 0) return;
    endAll();
    process.kill(process.pid, signal);
  });

/**
 * Starts a program and waits until `isReady` answers true.
 * @throws Error with the program's last output when it ends first or isn't ready in time
 */
export async function startServer(
  name: string,
  [program, ...args]: readonly [string, ...string[]],
  isReady: () => Promise<boolean>,
  { env = {}, timeoutMs = 30_000, stopMs = 5_000 }: ServerLimits = {},
): Promise<ChildServer> {
  let output = '';
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let failure: Error | undefined;
  child.on('error', (error) => (failure = error));
  child.on('exit', () => running.delete(child));
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output = (output + chunk.toString('utf8')).slice(-keptOutput);
    });
  const server = {
    output: () => output,
    signal: (signal: NodeJS.Signals) => void child.kill(signal),
    stop: () => stop(child, stopMs),
  };
  const end = Date.now() + timeoutMs;
  while (!(await isReady().catch(() => false))) {
    if (failure || child.exitCode !== null || Date.now() > end) {
      await server.stop();
      throw new Error(`${name} did not start:\n${output}`, { cause: failure });
    }
    await wait(50);
  }
  return server;
}

async function stop(child: ChildProcess, stopMs: number): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  child.kill('SIGCONT'); // One that a test stopped doesn't see the first.
  const timer = setTimeout(() => child.kill('SIGKILL'), stopMs);
  await ended;
  clearTimeout(timer);
}
