// Every bundle of the package, for the build and for what asks what is in them.
import { wallsPlugin } from './esbuildWalls.ts';

/** For the oldest editor it runs in. Only the extension's may import vscode: a stray import fails the build. */
const node = {
  bundle: true,
  platform: 'node',
  target: 'node22.15',
  format: 'cjs',
  outExtension: { '.js': '.cjs' },
};

/** The parser is nine tenths of what reads code: the worker and the command line share one copy. */
const sharedParser = {
  name: 'shared-parser',
  setup({ onResolve }) {
    onResolve({ filter: /^typescript$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './typescript.cjs', external: true },
    );
  },
};

/**
 * Cassandra's driver, asked for by whoever reads one: the worker and the command line share it too. Without
 * what only a cloud's zipped settings and Kerberos need: neither is offered.
 */
const sharedDriver = {
  name: 'shared-driver',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^cassandra-driver$/ }, ({ kind }) =>
      kind === 'entry-point' ? undefined : { path: './cassandraDriver.cjs', external: true },
    );
    onResolve({ filter: /^adm-zip$/ }, ({ path }) => ({ path, namespace: 'left-out' }));
    onLoad({ filter: /./, namespace: 'left-out' }, () => ({
      contents: 'module.exports = undefined;',
    }));
  },
};

export const bundles = [
  { ...node, entryPoints: { typescript: 'typescript' } },
  // Its errors are told by the names of their classes.
  {
    ...node,
    entryPoints: { cassandraDriver: 'cassandra-driver' },
    external: ['kerberos'],
    keepNames: true,
  },
  { ...node, entryPoints: { extension: 'src/extension.ts' }, external: ['vscode'] },
  {
    ...node,
    entryPoints: {
      engineWorker: 'src/engine/worker.ts',
      extractWorker: 'src/engine/code/extractWorker.ts',
      receiverWorker: 'src/sources/local/receiverWorker.ts',
      sqlWorker: 'src/engine/sql/sqlWorker.ts',
    },
  },
  { ...node, entryPoints: { cli: 'src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
  {
    bundle: true,
    platform: 'browser',
    target: 'chrome134',
    format: 'esm',
    entryPoints: { waterfall: 'media/waterfall/main.tsx', durations: 'media/durations/main.tsx' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
  },
];

/** Maps lie beside the bundles for whoever debugs them; .vscodeignore keeps them out of the package. */
export const common = {
  outdir: 'dist',
  minify: true,
  legalComments: 'none',
  sourcemap: 'external',
  metafile: true,
  logLevel: 'warning',
  plugins: [wallsPlugin, sharedParser, sharedDriver],
};
