// `npm run build`: dist, with the licenses of what is in it. `npm run watch` builds again at each change.
import { mkdir, writeFile } from 'node:fs/promises';

import { build, context } from 'esbuild';

import { bundles, common } from './scripts/bundles.mjs';
import { noticesFor } from './scripts/publish/notices.mjs';

await mkdir('dist', { recursive: true });
const inputs = [];
for (const bundle of bundles) {
  const options = { ...common, ...bundle };
  if (process.argv.includes('--watch')) await (await context(options)).watch();
  else inputs.push(...Object.keys((await build(options)).metafile.inputs));
}
if (inputs.length > 0) await writeFile('dist/ThirdPartyNotices.txt', await noticesFor(inputs));
