import type { Fault } from './fault.ts';

/** What takes long to start, and several faults leave as well as it was. It isn't counted as theirs. */
export interface Shared {
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Of all these faults. */
export const sharedBy = (faults: readonly Fault[]): Shared => {
  const all = new Set(faults.flatMap(({ shared }) => shared ?? []));
  return {
    start: async () => {
      for (const one of all) await one.start();
    },
    stop: async () => {
      for (const one of all) await one.stop();
    },
  };
};
