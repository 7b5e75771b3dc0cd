import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');
const stopMs = 30_000;

/** `npm run demo` in a process of its own. */
export interface Demo {
  /** All it printed so far. */
  readonly output: () => string;
  readonly hasEnded: () => boolean;
  /** Its exit code, once it has ended. */
  readonly ended: Promise<number | null>;
  /** Ctrl+C, and waits for the end. */
  stop(): Promise<void>;
}

export function startDemo(...args: readonly string[]): Demo {
  const demo = spawn(process.execPath, [join(root, 'scripts/demo.mjs'), ...args], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [demo.stdout, demo.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const ended = once(demo, 'close').then(([code]) => code as number | null);
  return {
    output: () => output,
    hasEnded: () => demo.exitCode !== null || demo.signalCode !== null,
    ended,
    stop: async () => {
      const force = setTimeout(() => demo.kill('SIGKILL'), stopMs);
      demo.kill('SIGINT');
      await ended;
      clearTimeout(force);
    },
  };
}
