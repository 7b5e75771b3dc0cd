// Builds dist: one CommonJS bundle that holds all state, thin ESM entries on it, and types.
import { createRequire } from 'node:module';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { build } from 'esbuild';

import { wallsPlugin } from '../scripts/esbuildWalls.ts';
import { root, run } from '../scripts/setup.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, 'dist');

/** @returns the folder of the built package. */
export async function buildInstrumentation() {
  await rm(dist, { recursive: true, force: true });
  const common = {
    platform: 'node',
    target: 'node20',
    bundle: true,
    logLevel: 'warning',
    plugins: [wallsPlugin],
  };
  const entry = (name) => join(here, 'src', `${name}.ts`);
  await build({
    ...common,
    format: 'cjs',
    entryPoints: [entry('index')],
    outfile: join(dist, 'index.cjs'),
  });
  for (const [format, extension] of [
    ['cjs', 'cjs'],
    ['esm', 'mjs'],
  ]) {
    await build({
      ...common,
      format,
      entryPoints: [entry('register')],
      outfile: join(dist, `register.${extension}`),
      plugins: [wallsPlugin, sharedIndex],
    });
  }
  const names = Object.keys(createRequire(import.meta.url)(join(dist, 'index.cjs')));
  await writeFile(join(dist, 'index.mjs'), `export { ${names.join(', ')} } from './index.cjs';\n`);
  await writeTypes();
  return here;
}

/** The state must be there once, whichever entry is loaded first and how. */
const sharedIndex = {
  name: 'shared-index',
  setup: ({ onResolve }) =>
    onResolve({ filter: /^\.\/index\.ts$/ }, () => ({ path: './index.cjs', external: true })),
};

async function writeTypes() {
  const compiler = join(root, 'node_modules', 'typescript7', 'bin', 'tsc');
  await run(process.execPath, [compiler, '-p', join(here, 'tsconfig.types.json')]);
  for (const name of ['index', 'register']) {
    await writeFile(join(dist, 'types', `${name}.d.mts`), `export * from './${name}.js';\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await buildInstrumentation();
  const { version } = JSON.parse(await readFile(join(here, 'package.json'), 'utf8'));
  console.log(`@spanhop/otel ${version} is built in ${dist}`);
}
