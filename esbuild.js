import { build, context } from 'esbuild';

/** Every bundle of the package. Only the extension's may import vscode: a stray import fails the build. */
const node = {
  bundle: true,
  platform: 'node',
  target: 'node22',
  format: 'cjs',
  minify: true,
  legalComments: 'none',
};
const bundles = [
  { ...node, entryPoints: { extension: 'src/extension.ts' }, external: ['vscode'] },
  {
    ...node,
    entryPoints: {
      engineWorker: 'src/engine/worker.ts',
      receiverWorker: 'src/sources/local/receiverWorker.ts',
    },
  },
  { ...node, entryPoints: { cli: 'src/cli/main.ts' }, banner: { js: '#!/usr/bin/env node' } },
  {
    bundle: true,
    platform: 'browser',
    target: 'chrome134',
    format: 'esm',
    minify: true,
    legalComments: 'none',
    entryPoints: { waterfall: 'media/waterfall/main.tsx' },
    jsx: 'automatic',
    jsxImportSource: 'preact',
  },
];

const common = { outdir: 'dist', sourcemap: 'external', logLevel: 'warning' };
for (const bundle of bundles) {
  const extension = bundle.platform === 'node' ? { '.js': '.cjs' } : { '.js': '.js' };
  const options = { ...common, ...bundle, outExtension: extension };
  if (process.argv.includes('--watch')) await (await context(options)).watch();
  else await build(options);
}
