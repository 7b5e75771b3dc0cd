// node scripts/mutants.mjs [--count 300] [--seed 1] [--write] [path prefix ...]: changes src/core in one place at a
// time and runs the tests that import it. A change that no test notices survives: it is listed, with its line.
// --write keeps the score in docs/mutants.md. Stays out of `npm test`: a change takes some seconds.
import { parseArgs } from 'node:util';
import { continueUnderEditorNode } from './setup.mjs';

await continueUnderEditorNode();
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string', default: '300' },
    seed: { type: 'string', default: '1' },
    write: { type: 'boolean', default: false },
  },
});
const { runMutants } = await import('./mutants/runMutants.ts');
await runMutants({
  count: Number(values.count),
  seed: Number(values.seed),
  prefixes: positionals,
  isWritten: values.write,
});
