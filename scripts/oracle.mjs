// node scripts/oracle.mjs <folder> [--all]: asks TypeScript's checker what the calls of a checkout are called on and
// which methods they run, and lists where the index says otherwise or nothing. Packages tell as far as they are installed in the folder or
// above it; Prisma's client needn't be generated. To be read: either may be wrong. Twenty of each, or all.
import { readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { askedCheckout, readCheckout } from './checkout.mjs';
import { checkedProgram } from './oracle/checkedProgram.ts';
import { compareCallees, compareReceivers } from './oracle/compare.ts';
import { indexedTypes } from './oracle/indexedTypes.ts';

const { root, isAll } = askedCheckout('oracle.mjs');
const most = isAll ? Infinity : 20;
const facts = await readCheckout(root);
const { models, calls, methods } = indexedTypes(facts);
const packages = new Map();
for (const path of facts.configs.keys()) {
  if (!path.endsWith('/package.json')) continue;
  const { name } = JSON.parse(await readFile(path, 'utf8').catch(() => '{}'));
  if (typeof name === 'string') packages.set(name, dirname(path));
}
const program = checkedProgram([...facts.files.keys()], models, packages);
print('Receivers of calls that libraries may have', compareReceivers(program, calls(), root));
print('Methods that methods call', compareCallees(program, methods(), root));

function print(title, compared) {
  const byVerdict = Object.groupBy(compared, ({ verdict }) => verdict);
  const counts = ['same', 'differs', 'missed', 'more', 'neither'].map(
    (verdict) => `${byVerdict[verdict]?.length ?? 0} ${verdict}`,
  );
  console.log(`${title}: ${counts.join(', ')}`);
  for (const verdict of ['differs', 'missed']) {
    for (const { where, text, checker, index } of (byVerdict[verdict] ?? []).slice(0, most)) {
      const called = text.slice(0, 100);
      console.log(`  ${verdict}: ${where} ${called}\n    checker: ${checker}; index: ${index}`);
    }
  }
}
