import { globSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../../..');

/** Bundles test/integration/inEditor for the extension host; answers with the module to run there. */
export async function buildInEditorTests(): Promise<string> {
  const folder = join(root, 'test/integration/inEditor');
  const outdir = join(root, 'out/inEditor');
  await rm(outdir, { recursive: true, force: true });
  await build({
    entryPoints: [join(folder, 'index.ts'), ...globSync(join(folder, '*.test.ts'))],
    outdir,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    outExtension: { '.js': '.cjs' },
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return join(outdir, 'index.cjs');
}
