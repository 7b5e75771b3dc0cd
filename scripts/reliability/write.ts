import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format } from 'prettier';

import { everyFault } from '../../test/support/faults/everyFault.ts';
import type { Fault, FaultRow } from '../../test/support/faults/fault.ts';
import { faultTable } from '../../test/support/faults/faultTable.ts';
import { observeFault } from '../../test/support/faults/observeFault.ts';

const file = join(import.meta.dirname, '..', '..', 'docs', 'reliability.md');

/**
 * Puts the tables of a fresh run between the marks of docs/reliability.md.
 * @param only the source, as the table's heading names it; empty: every one
 * @throws AggregateError where a fault isn't said or recovered from; the tables of other sources are written all the same
 */
export async function writeReliability(only: string): Promise<void> {
  const failures: unknown[] = [];
  for (const [source, faults] of Object.entries(everyFault)) {
    if (only !== '' && source !== only) continue;
    const rows = await observeAll(source, faults).catch((error: unknown) => failures.push(error));
    if (typeof rows === 'object') await writeTable(source, rows);
  }
  if (failures.length > 0) throw new AggregateError(failures);
}

async function observeAll(source: string, faults: readonly Fault[]): Promise<readonly FaultRow[]> {
  const rows: FaultRow[] = [];
  for (const fault of faults) {
    const row = await observeFault(fault);
    console.log(`${source}, ${row.title}: ${row.sentence}`);
    rows.push(row);
  }
  return rows;
}

async function writeTable(source: string, rows: readonly FaultRow[]): Promise<void> {
  const text = await readFile(file, 'utf8');
  const mark = `<!-- ${source} -->\n`;
  const start = text.indexOf(mark) + mark.length;
  const end = text.indexOf('<!-- end -->', start);
  if (start < mark.length || end < 0) throw new Error(`${file} has no place for ${source}`);
  const table = await format(faultTable(rows), { parser: 'markdown' });
  await writeFile(file, `${text.slice(0, start)}\n${table}\n${text.slice(end)}`);
}
