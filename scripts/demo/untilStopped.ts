import { CleanUp } from './cleanUp.ts';

/** As a shell's for Ctrl+C. */
const interruptedExit = 130;

/** Does something until its end or Ctrl+C, then ends all that it started; answers the exit code. */
export async function untilStopped(
  work: (cleanUp: CleanUp, signal: AbortSignal) => Promise<void>,
): Promise<number> {
  const cleanUp = new CleanUp();
  const interrupted = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => {
      interrupted.abort();
    });
  const { signal } = interrupted;
  try {
    await work(cleanUp, signal);
    return signal.aborted ? interruptedExit : 0;
  } catch (error) {
    if (signal.aborted) return interruptedExit;
    console.error(error instanceof Error ? error.message : error);
    return 1;
  } finally {
    if (signal.aborted) console.log('\nStopping.');
    await cleanUp.run();
  }
}
