// node scripts/suspects.mjs <folder> [--all]: indexes any checkout and prints what looks wrong, without knowing
// what is right: unknown paths and names, duplicate routes, decorators and calls that the text has and the
// index has not, controllers without routes or in no module, decorators that no rule knows. Twelve of each, or all.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { Linker } from '../src/core/code/linker.ts';
import { FactsCache } from '../src/engine/code/factsCache.ts';
import { WorkspaceFiles } from '../src/engine/code/workspaceFiles.ts';
import { linked } from '../test/support/memoryWorkspace.ts';
import { findSuspects } from './suspects/findSuspects.ts';

const [folder, flag] = process.argv.slice(2);
if (folder === undefined) {
  console.error('Usage: node scripts/suspects.mjs <folder> [--all]');
  process.exit(2);
}
const root = resolve(folder).replaceAll('\\', '/');
const most = flag === '--all' ? Infinity : 12;
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
const { facts } = read;
const index = linked(new Linker(), facts);
const texts = new Map();
for (const path of facts.files.keys()) {
  const text = await readFile(path, 'utf8').catch(() => '');
  if (text.length < 1_000_000) texts.set(path, text);
}
const suspects = findSuspects(index, facts, texts);
console.log(
  `${facts.sources.size} files, ${index.handlers.length} handlers, ${index.calls.length} calls, ${suspects.length} suspects`,
);
for (const [kind, found] of Object.entries(Object.groupBy(suspects, ({ why }) => kindOf(why)))) {
  console.log(`\n${found.length} × ${kind}`);
  for (const { why, where } of found.slice(0, most)) {
    console.log(`  ${where.replace(`${root}/`, '')}  ${why}`);
  }
}

/** The words that all of a kind share. */
function kindOf(why) {
  const kinds = ['is known', 'without a name', 'is also that of', 'decorators of', 'no rule knows'];
  const more = ['without routes', 'in no module', 'calls'];
  return [...kinds, ...more].find((words) => why.includes(words)) ?? 'other';
}
