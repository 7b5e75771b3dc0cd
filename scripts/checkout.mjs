// A checkout as the index reads it, for scripts that judge the index.
import { resolve } from 'node:path';
import { FactsCache } from '../src/engine/code/factsCache.ts';
import { WorkspaceFiles } from '../src/engine/code/workspaceFiles.ts';

/** The folder that the command line names, and whether everything found is to be printed (`--all`). Exits without a folder. */
export function askedCheckout(script) {
  const [folder, flag] = process.argv.slice(2);
  if (folder === undefined) {
    console.error(`Usage: node scripts/${script} <folder> [--all]`);
    process.exit(2);
  }
  return { root: resolve(folder).replaceAll('\\', '/'), isAll: flag === '--all' };
}

/** The facts of its files. */
export async function readCheckout(root) {
  const { signal } = new AbortController();
  const log = { info: () => {}, warn: console.error, error: console.error };
  const settings = {
    folders: [root],
    cacheFolder: undefined,
    isTrusted: true,
    exclude: [],
    serviceFolders: {},
    pathMappings: [],
  };
  const cache = await FactsCache.open(undefined, log);
  const read = new WorkspaceFiles(settings, { log, onProgress: () => {}, signal }, cache);
  await read.scan();
  return read.facts;
}
