import { installShop } from '../../test/support/shop.ts';
import { buildExtension } from './build.ts';
import { CleanUp } from './cleanUp.ts';
import { showOnce } from './once.ts';
import { showWindow } from './window.ts';

export interface DemoOptions {
  readonly once: boolean;
  readonly jaeger: boolean;
  /** The editor server, even where there is a desktop editor. */
  readonly browser: boolean;
}

/** As a shell's for Ctrl+C. */
const interruptedExit = 130;

/** Runs the demo; answers the exit code. Ctrl+C ends all that was started. */
export async function runDemo(options: DemoOptions): Promise<number> {
  const cleanUp = new CleanUp();
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      interrupted.abort();
    });
  const { signal } = interrupted;
  try {
    await installShop(console.log);
    signal.throwIfAborted();
    await buildExtension();
    signal.throwIfAborted();
    await (options.once ? showOnce : showWindow)(options, cleanUp, signal);
    return 0;
  } catch (error) {
    if (signal.aborted) return interruptedExit;
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    if (signal.aborted) console.log('\nStopping.');
    await cleanUp.run();
  }
}
