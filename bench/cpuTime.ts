const rounds = 10;

/**
 * CPU time of this thread that one run takes, in ms, on average over ten after a first: what a busy machine
 * doesn't change. The system counts it in steps of some milliseconds, hence no least of several.
 */
export function cpuTime(run: () => unknown): number {
  run();
  const before = process.threadCpuUsage();
  for (let round = 0; round < rounds; round++) run();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000 / rounds;
}
