// `npm run package`: builds and packs out/spanhop-<version>.vsix, and fails where it holds what it should not.
import { mkdir, readFile, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

import { root, run } from './setup.mjs';

const aimBytes = 2.5 * 1024 * 1024;
/** Everything a package may hold: bundles, their data, words and pictures. */
const shipped = [
  /^package(\.nls(\.[a-z-]+)?)?\.json$/,
  /^(README|CHANGELOG)\.md$/,
  /^LICENSE$/,
  /^l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
  /^dist\/[\w.-]+\.(cjs|js|css|ttf)$/,
  /^media\/(icons|walkthrough)\/[\w.-]+\.(svg|png|md)$/,
];

/** The files the package would hold, and those of them that it should not. */
export async function packagedFiles() {
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None });
  const names = files.map((name) => name.replaceAll('\\', '/')).sort();
  return { names, unwanted: names.filter((name) => !shipped.some((one) => one.test(name))) };
}

/** Packs what is built. @returns the path of the VSIX, its size in bytes and what it holds */
export async function packageExtension() {
  const { names, unwanted } = await packagedFiles();
  if (unwanted.length > 0) {
    throw new Error(`The package would hold ${unwanted.join(', ')}: see .vscodeignore.`);
  }
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const path = join(root, 'out', `spanhop-${version}.vsix`);
  await mkdir(join(root, 'out'), { recursive: true });
  await createVSIX({
    cwd: root,
    packagePath: path,
    dependencies: false,
    allowMissingRepository: true,
    rewriteRelativeLinks: false,
    skipLicense: false,
  });
  return { path, bytes: (await stat(path)).size, names };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await run(process.execPath, [join(root, 'esbuild.js')]);
  const { path, bytes, names } = await packageExtension();
  for (const name of names.filter((each) => each.startsWith('dist/'))) {
    console.log(
      `${((await stat(join(root, name))).size / 1024).toFixed(0).padStart(7)} KB  ${name}`,
    );
  }
  const megabytes = (bytes / 1024 / 1024).toFixed(2);
  console.log(`${path}: ${megabytes} MB, ${names.length} files`);
  if (bytes > aimBytes) console.log('This is above the aim of 2.5 MB.');
}
