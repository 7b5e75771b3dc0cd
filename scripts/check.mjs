// Types, lint with the import walls, format and unused exports: each named, all run, one exit code.
import { spawnSync } from 'node:child_process';

const typeScript7 = 'node_modules/typescript7/bin/tsc';
const projects = ['core', 'protocol', 'sources', 'engine', 'cli', 'host'].map(
  (name) => `src/${name}`,
);
const steps = [
  ...[...projects, 'media', '.'].map((folder) => [
    `types of ${folder}`,
    'node',
    [typeScript7, '-p', folder],
  ]),
  ['lint', 'node', ['node_modules/eslint/bin/eslint.js', '.', '--max-warnings=0']],
  [
    'format',
    'node',
    ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level=warn', '.'],
  ],
  ['unused exports', 'node', ['node_modules/knip/bin/knip.js']],
];
let failed = 0;
for (const [name, program, args] of steps) {
  const started = Date.now();
  const { status } = spawnSync(program, args, { stdio: 'inherit' });
  if (status !== 0) failed += 1;
  console.log(
    `${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`,
  );
}
process.exit(failed === 0 ? 0 : 1);
