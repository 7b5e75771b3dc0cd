import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const stopMs = 30_000;

/** A script of package.json in a process of its own. */
export interface RunningScript {
  /** All it printed so far. */
  readonly output: () => string;
  readonly hasEnded: () => boolean;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  /** Ctrl+C, and waits for the end. */
  stop(): Promise<void>;
}

/** `npm run demo -- …` */
export const startDemo = (...args: readonly string[]): RunningScript =>
  startScript('demo.mjs', args);

/** `npm run backends -- …` */
export const startBackends = (...args: readonly string[]): RunningScript =>
  startScript('backends.mjs', args);

function startScript(name: string, args: readonly string[]): RunningScript {
  const child = spawn(process.execPath, [join(root, 'scripts', name), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    output: () => output,
    hasEnded: () => child.exitCode !== null || child.signalCode !== null,
    ended,
    stop: async () => {
      const force = setTimeout(() => child.kill('SIGKILL'), stopMs);
      child.kill('SIGINT');
      await ended;
      clearTimeout(force);
    },
  };
}
