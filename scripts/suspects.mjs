// node scripts/suspects.mjs <folder> [--all]: indexes any checkout and prints what looks wrong, without knowing
// what is right: unknown paths and names, duplicate routes, decorators and Prisma calls that the text has and the
// index has not, controllers without routes or in no module, decorators that no rule knows. Twelve of each, or all.
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { extractConfig } from '../src/core/code/configFacts.ts';
import { extractFacts } from '../src/core/code/extractFacts.ts';
import { mentionsFramework } from '../src/core/code/relevance.ts';
import { ModuleResolution } from '../src/core/code/link/moduleResolution.ts';
import { IgnoreRules } from '../src/engine/code/ignoreRules.ts';
import { scanFolder } from '../src/engine/code/scanFolder.ts';
import { openWorkspaceIndex } from '../src/engine/code/workspaceIndex.ts';
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
  exclude: [],
  serviceFolders: {},
  pathMappings: [],
};
const workspace = await openWorkspaceIndex(settings, { log, onProgress: () => {}, signal });
const { files: sources } = workspace.current;
const texts = new Map();
for (const path of sources) {
  const text = await readFile(path, 'utf8').catch(() => '');
  const isRead = mentionsFramework(text) || workspace.current.methodsOf(path).length > 0;
  if (isRead && text.length < 1_000_000) texts.set(path, text);
}
const configs = new Map();
for (const path of (await scanFolder(root, new IgnoreRules(root, []), signal)).configs) {
  const facts = extractConfig(path, await readFile(path, 'utf8'));
  if (facts) configs.set(path, facts);
}
const suspects = findSuspects(
  workspace.current,
  {
    files: new Map([...texts].map(([path, text]) => [path, extractFacts(path, text)])),
    sources,
    otherSources: new Set(),
    configs,
    modules: new ModuleResolution((path) => sources.has(path), configs),
    problems: [],
  },
  texts,
);
workspace.dispose();
const { files, handlers, prismaCalls } = workspace.summary;
console.log(
  `${files} files, ${handlers} handlers, ${prismaCalls} Prisma calls, ${suspects.length} suspects`,
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
  const more = ['without routes', 'in no module', 'Prisma calls'];
  return [...kinds, ...more].find((words) => why.includes(words)) ?? 'other';
}
