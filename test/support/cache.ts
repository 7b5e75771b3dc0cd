import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** What is built once and used by every checkout: `SPANHOP_CACHE`, or `~/.cache/spanhop`. */
export const cacheFolder = (): string =>
  process.env['SPANHOP_CACHE'] ?? join(homedir(), '.cache', 'spanhop');

const building = new Map<string, Promise<string>>();

/**
 * The folder `<cache>/<name>/<key>`, made by `build` the first time. `key` holds versions and
 * platform, so that another version is another folder. A build works in a temporary folder that is
 * renamed when whole: one that fails or is cut off leaves nothing behind that looks finished.
 */
export function cached(
  name: string,
  key: string,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const id = `${name}/${key}`;
  const running = building.get(id) ?? buildOnce(name, key, build);
  building.set(id, running);
  return running;
}

async function buildOnce(
  name: string,
  key: string,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cacheFolder(), name, key);
  if (existsSync(folder)) return folder;
  const partial = `${folder}.partial-${String(process.pid)}`;
  const started = Date.now();
  const seconds = () => String(Math.round((Date.now() - started) / 1000));
  console.log(`Building ${name} (${key}) into ${folder}, once ...`);
  const progress = setInterval(() => {
    console.log(`  ... ${name}: ${seconds()} s`);
  }, 30_000);
  try {
    await mkdir(partial, { recursive: true });
    await build(partial);
    await rename(partial, folder).catch((error: unknown) => {
      if (!existsSync(folder)) throw error; // Another run finished first: its folder is as good.
    });
    console.log(`Built ${name} in ${seconds()} s`);
    return folder;
  } finally {
    clearInterval(progress);
    await rm(partial, { recursive: true, force: true });
  }
}
