import { build } from 'esbuild';

/** The script of a page, as one text to be run before the page's own. */
export async function pageScript(entry: URL): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry.pathname],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'chrome134',
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}
