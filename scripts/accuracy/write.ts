import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format } from 'prettier';

import {
  accuracyTable,
  mapWithCommandLine,
  placesByCompanion,
  score,
  withoutCode,
} from '../../test/support/accuracy.ts';
import { shopSpansWithCode } from '../../test/support/companion.ts';
import { installShop, shopFolder } from '../../test/support/shop.ts';

const file = join(import.meta.dirname, '..', '..', 'docs', 'accuracy.md');
const traffic = { seed: 11, rate: 6, seconds: 30 };
const between = /(?<=<!-- table -->\n)[\s\S]*(?=<!-- end -->)/;

/** Puts the table of a fresh run between the marks of docs/accuracy.md. */
export async function writeAccuracy(): Promise<void> {
  await installShop(console.log);
  const spans = await shopSpansWithCode(traffic);
  const lines = await mapWithCommandLine(withoutCode(spans), shopFolder);
  const scores = score(spans, lines, placesByCompanion(spans, shopFolder));
  const table = await format(accuracyTable(scores), { parser: 'markdown' });
  console.log(table);
  for (const { kind, misses } of scores) for (const miss of misses) console.log(`${kind}: ${miss}`);
  const text = await readFile(file, 'utf8');
  await writeFile(file, text.replace(between, `\n${table}\n`));
}
