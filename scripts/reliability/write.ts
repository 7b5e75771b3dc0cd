import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { format } from 'prettier';

import { everyFault } from '../../test/support/faults/everyFault.ts';
import type { FaultRow } from '../../test/support/faults/fault.ts';
import { faultTable } from '../../test/support/faults/faultTable.ts';
import { observeFault } from '../../test/support/faults/observeFault.ts';
import { sharedBy } from '../../test/support/faults/shared.ts';

const file = join(import.meta.dirname, '..', '..', 'docs', 'reliability.md');

/**
 * Puts the tables of a fresh run between the marks of docs/reliability.md.
 * @param only the source, as the table's heading names it; empty: every one
 * @throws AggregateError where a fault isn't said or recovered from; the other rows are written all the same
 */
export async function writeReliability(only: string): Promise<void> {
  const failures: unknown[] = [];
  for (const [source, faults] of Object.entries(everyFault)) {
    if (only !== '' && source !== only) continue;
    const rows: FaultRow[] = [];
    const shared = sharedBy(faults);
    await shared.start();
    for (const fault of faults)
      try {
        const row = await observeFault(fault);
        rows.push(row);
        console.log(`${source}, ${row.title}: ${row.sentence}`);
      } catch (error) {
        failures.push(error);
        console.log(`${source}, ${fault.title}: FAILED`, error);
      }
    await shared.stop();
    await writeTable(source, rows);
  }
  if (failures.length > 0) throw new AggregateError(failures, 'not as expected');
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
