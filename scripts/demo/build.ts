import { join } from 'node:path';

import { editorNode, root, run } from '../setup.mjs';

const cliBundle = join(root, 'dist', 'cli.cjs');
export const receiverWorker = join(root, 'dist', 'receiverWorker.cjs');
export const demoFolder = join(root, 'out', 'demo');

/** Bundles extension, workers, page and command line into dist. */
export async function buildExtension(): Promise<void> {
  console.log('Building the extension');
  await run(editorNode(), [join(root, 'esbuild.js')]);
}

/** Packs what is built; answers the path of the VSIX. */
export async function packExtension(): Promise<string> {
  console.log('Packing the extension');
  const printed = await run(editorNode(), [join(root, 'scripts', 'demo', 'pack.mjs')]);
  return printed.trimEnd().split('\n').at(-1) ?? '';
}

/** Runs the built `spanhop` on the sample; answers what it printed. */
export const spanhop = (...args: readonly string[]): Promise<string> =>
  run(editorNode(), [cliBundle, ...args, '--dir', join(root, 'samples', 'shop')]);
