import { readdirSync, readlinkSync } from 'node:fs';

/** How many of each kind this process has open: sockets and pipes by its file descriptors, timers and workers by Node. */
export function openThings(): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  const count = (kind: string) => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  for (const kind of process.getActiveResourcesInfo()) if (!isFile(kind)) count(kind);
  for (const kind of descriptors()) count(kind);
  return counts;
}

/** What is open now and wasn't then: `2 socket`. */
export function openedSince(before: ReadonlyMap<string, number>): readonly string[] {
  return [...openThings()].flatMap(([kind, now]) => {
    const more = now - (before.get(kind) ?? 0);
    return more > 0 ? [`${String(more)} ${kind}`] : [];
  });
}

/** Questions under way, such as of the file system: none of ours to close. */
const isFile = (kind: string): boolean => /Req|Wrap$/.test(kind) && !/Socket|Server/.test(kind);

/** Of Linux only: elsewhere Node's own list has to do. */
function descriptors(): readonly string[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const target = readlinkSync(`/proc/self/fd/${descriptor}`);
      if (target.startsWith('socket:')) return ['socket'];
      if (target.startsWith('pipe:')) return ['pipe'];
      return /traces\.db/.test(target) ? ['database file'] : [];
    } catch {
      return []; // That of reading this very folder.
    }
  });
}
