import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format } from 'prettier';

import type { RawSpan } from '../../src/core/trace/rawSpan.ts';
import {
  accuracyTable,
  mapWithCommandLine,
  placesByCompanion,
  score,
  withoutCode,
} from '../../test/support/accuracy.ts';
import { callingApps, callRecordings, recordedCalls } from '../../test/support/callingApps.ts';
import { shopSpansWithCode } from '../../test/support/companion.ts';
import { installShop, shopFolder } from '../../test/support/shop.ts';

const file = join(import.meta.dirname, '..', '..', 'docs', 'accuracy.md');
const traffic = { seed: 11, rate: 6, seconds: 30 };

/** Puts the tables of a fresh run of the sample, and of the recorded calls, between their marks in docs/accuracy.md. */
export async function writeAccuracy(): Promise<void> {
  const calls = await Promise.all(callRecordings.map(recordedCalls));
  await writeTable('calls', calls.flat(), callingApps);
  await installShop(console.log);
  await writeTable('table', await shopSpansWithCode(traffic), shopFolder);
}

async function writeTable(mark: string, spans: readonly RawSpan[], folder: string): Promise<void> {
  const lines = await mapWithCommandLine(withoutCode(spans), folder);
  const scores = score(spans, lines, placesByCompanion(spans, folder));
  const table = await format(accuracyTable(scores), { parser: 'markdown' });
  console.log(table);
  for (const { kind, misses } of scores) for (const miss of misses) console.log(`${kind}: ${miss}`);
  const text = await readFile(file, 'utf8');
  const between = new RegExp(`(?<=<!-- ${mark} -->\\n)[\\s\\S]*?(?=<!-- end -->)`);
  await writeFile(
    file,
    text.replace(between, () => `\n${table}\n`),
  );
}
