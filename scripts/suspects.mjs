// node scripts/suspects.mjs <folder> [--all]: indexes any checkout and prints what looks wrong, without knowing
// what is right: unknown paths and names, duplicate routes, decorators and calls that the text has and the
// index has not, controllers without routes or in no module, decorators that no rule knows. Twelve of each, or all.
import { readFile } from 'node:fs/promises';
import { Linker } from '../src/core/code/linker.ts';
import { askedCheckout, readCheckout } from './checkout.mjs';
import { linked } from '../test/support/memoryWorkspace.ts';
import { findSuspects } from './suspects/findSuspects.ts';

const { root, isAll } = askedCheckout('suspects.mjs');
const most = isAll ? Infinity : 12;
const facts = await readCheckout(root);
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
