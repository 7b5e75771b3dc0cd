import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../setup.mjs';
import type { MutantOptions, TriedMutant } from './runMutants.ts';

/** A line a folder of src/core, and all together. */
export function describeScore(tried: readonly TriedMutant[]): string {
  return rowsOf(tried)
    .map(
      ({ folder, noticed, all }) =>
        `${folder}: ${noticed} of ${all} noticed (${share(noticed, all)})`,
    )
    .join('\n');
}

/** Writes docs/mutants.md. */
export function writeScore(tried: readonly TriedMutant[], { count, seed }: MutantOptions): void {
  const rows = rowsOf(tried).map(
    ({ folder, noticed, all }) => `| ${folder} | ${all} | ${noticed} | ${share(noticed, all)} |`,
  );
  const survivors = tried
    .filter(({ isNoticed }) => !isNoticed)
    .map(({ path, line, what }) => `- \`${path}:${line}\` \`${what.replaceAll('`', "'")}\``);
  writeFileSync(
    join(root, 'docs/mutants.md'),
    `# How much the tests notice

Changes of \`src/core\`, one at a time (a condition turned round, a bound moved, a call left out), each tried with the
unit tests that import the file: \`node scripts/mutants.mjs --count ${count} --seed ${seed} --write\`.

| folder | changes tried | noticed | share |
|---|---|---|---|
${rows.join('\n')}

Noticed by no test. Some change nothing that can be seen (a bound on work, a shortcut); each is a place to look.

${survivors.join('\n')}
`,
  );
}

function rowsOf(tried: readonly TriedMutant[]) {
  const folders = new Map<string, TriedMutant[]>();
  for (const one of tried) {
    const folder = one.path.split('/').slice(0, -1).slice(0, 4).join('/');
    folders.set(folder, [...(folders.get(folder) ?? []), one]);
  }
  return [...folders, ['all', tried] as const].map(([folder, of]) => ({
    folder,
    noticed: of.filter(({ isNoticed }) => isNoticed).length,
    all: of.length,
  }));
}

const share = (part: number, of: number) => `${Math.round((100 * part) / Math.max(1, of))} %`;
