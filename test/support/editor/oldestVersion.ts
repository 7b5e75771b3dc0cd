import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const manifest = JSON.parse(
  readFileSync(resolve(import.meta.dirname, '../../../package.json'), 'utf8'),
) as { readonly engines: { readonly vscode: string } };

/** The oldest VS Code that package.json's `engines` allow, as `1.101.0`. */
export const oldestVersion = manifest.engines.vscode.replace('^', '');
