// How many tests each tier had when they were last counted: a tier that has fewer has lost some.
import { readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';

type Counts = Readonly<Record<string, number>>;

const file = resolve(import.meta.dirname, '../../test/counts.json');

/** By tier, and by driver of tests that run in another program. */
export const readCounts = (): Counts => JSON.parse(readFileSync(file, 'utf8')) as Counts;

/** The sentence that says what to do about a fall; undefined where there is none. `count` includes skipped tests. */
export function describeFall(name: string, count: number, counts = readCounts()) {
  const expected = counts[name];
  if (expected === undefined)
    return `test/counts.json has no number for ${name}: write ${String(count)} there.`;
  if (count >= expected) return undefined;
  return (
    `${name} has ${String(count)} tests, ${String(expected - count)} fewer than test/counts.json says. ` +
    `Find what isn't run any more. Where tests were removed on purpose, write ${String(count)} there.`
  );
}

/** Keeps a higher number; true when it was. */
export function raiseCount(name: string, count: number): boolean {
  const counts = readCounts();
  if (count <= (counts[name] ?? -1)) return false;
  writeFileSync(file, `${JSON.stringify({ ...counts, [name]: count }, null, 2)}\n`);
  return true;
}
