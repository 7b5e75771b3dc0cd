import { readdirSync, readFileSync } from 'node:fs';

const sampleEveryMs = 200;

/**
 * Watches the memory of the pages of the browser that this process started, and of one process more, until `stop`, which
 * tells the most they had together, in MB: proportional set size, so that what they share counts once. 0 where there is
 * no /proc.
 */
export function watchMemory(engine: number | undefined): { readonly stop: () => number } {
  let most = 0;
  const sample = () => {
    const pids = processesBelow(process.pid).filter((pid) => pid === engine || isPage(pid));
    most = Math.max(most, memoryOf(pids));
  };
  const timer = setInterval(sample, sampleEveryMs);
  return {
    stop: () => {
      clearInterval(timer);
      sample();
      return most;
    },
  };
}

/** MB that these processes have now. */
export function memoryOf(pids: readonly number[]): number {
  let kilobytes = 0;
  for (const pid of pids) {
    const found = /^Pss:\s+(\d+) kB/m.exec(contents(`/proc/${pid}/smaps_rollup`));
    kilobytes += Number(found?.[1] ?? 0);
  }
  return Math.round(kilobytes / 1_000);
}

const isPage = (pid: number): boolean =>
  contents(`/proc/${pid}/cmdline`).includes('--type=renderer');

function processesBelow(pid: number): readonly number[] {
  const children = new Map<number, number[]>();
  for (const name of entries('/proc')) {
    const stat = contents(`/proc/${name}/stat`);
    // Behind the name, which may hold anything: state and parent.
    const parent = Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    children.set(parent, [...(children.get(parent) ?? []), Number(name)]);
  }
  const found = [...(children.get(pid) ?? [])];
  for (const one of found) found.push(...(children.get(one) ?? []));
  return found;
}

function contents(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // It ended in the meantime, or this system has no such file.
  }
}

function entries(path: string): readonly string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}
