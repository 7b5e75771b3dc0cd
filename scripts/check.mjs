// Types of each bundle, lint with the import walls, format and unused exports: each named, all run.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { root } from './setup.mjs';

const bin = (path) => `node_modules/${path}`;
const typed = ['core', 'protocol', 'sources', 'engine', 'cli', 'host'].map((name) => `src/${name}`);

const steps = [
  { name: 'lint and import walls', args: [bin('eslint/bin/eslint.js'), '.', '--max-warnings=0'] },
  ...[...typed, 'media', 'instrumentation', '.'].map((folder) => ({
    name: `types of ${folder === '.' ? 'tests and scripts' : folder}`,
    args: [bin('typescript7/bin/tsc'), '-p', folder, '--pretty', 'false'],
  })),
  {
    name: 'format',
    args: [
      bin('prettier/bin/prettier.cjs'),
      '--check',
      '--log-level=warn',
      '--cache',
      '--cache-location=out/prettier-cache',
      '.',
    ],
  },
  { name: 'unused files, exports and dependencies', args: [bin('knip/bin/knip.js')] },
];

/** Two at a time: lint is half of the work. `report` hears of each step as it ends. */
export async function runChecks(report) {
  const waiting = [...steps];
  const worker = async () => {
    for (let step = waiting.shift(); step !== undefined; step = waiting.shift()) {
      report(await runStep(step));
    }
  };
  await Promise.all([worker(), worker()]);
}

async function runStep({ name, args }) {
  const started = Date.now();
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
  }
  const code = await new Promise((resolve) => child.once('close', resolve));
  return { name, passed: code === 0, seconds: (Date.now() - started) / 1000, output };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runChecks(({ name, passed, seconds, output }) => {
    if (!passed) {
      console.log(output.trimEnd());
      process.exitCode = 1;
    }
    console.log(`${passed ? 'ok    ' : 'FAILED'} ${name} (${seconds.toFixed(1)} s)`);
  });
}
