import { installShop } from '../../test/support/shop.ts';
import { buildExtension } from './build.ts';
import { showOnce } from './once.ts';
import { untilStopped } from './untilStopped.ts';
import { showWindow } from './window.ts';

export interface DemoOptions {
  readonly once: boolean;
  readonly jaeger: boolean;
  /** Proxy, Go service, Collector and Cassandra too. */
  readonly chain: boolean;
  /** The editor server, even where there is a desktop editor. */
  readonly browser: boolean;
}

/** Runs the demo; answers the exit code. Ctrl+C ends all that was started. */
export function runDemo(options: DemoOptions): Promise<number> {
  return untilStopped(async (cleanUp, signal) => {
    await installShop(console.log);
    signal.throwIfAborted();
    await buildExtension();
    signal.throwIfAborted();
    await (options.once ? showOnce : showWindow)(options, cleanUp, signal);
  });
}
