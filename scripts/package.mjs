// `npm run package`: builds and packs out/spanhop-<version>.vsix, and fails where it holds what it should not.
import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';

import { readPublisher } from './publish/publisher.mjs';
import { packedReadme } from './publish/readme.mjs';
import { root, run } from './setup.mjs';

const aimBytes = 2.5 * 1024 * 1024;
/** Everything a package may hold: bundles, their data, words and pictures. */
const shipped = [
  /^package(\.nls(\.[a-z-]+)?)?\.json$/,
  /^(CHANGELOG|out\/README)\.md$/,
  /^LICENSE$/,
  /^l10n\/bundle\.l10n(\.[a-z-]+)?\.json$/,
  /^dist\/([\w.-]+\.(cjs|js|css)|ThirdPartyNotices\.txt)$/,
  /^media\/(icons|walkthrough)\/[\w.-]+\.(svg|png|md)$/,
];

/** Not the README of the repository: its pictures would not load. */
const readmePath = 'out/README.md';

/** The files the package would hold, and those of them that it should not. */
export async function packagedFiles() {
  const files = await listFiles({ cwd: root, packageManager: PackageManager.None, readmePath });
  const names = files.map((name) => name.replaceAll('\\', '/')).sort();
  return { names, unwanted: names.filter((name) => !shipped.some((one) => one.test(name))) };
}

/**
 * Packs what is built.
 * @param repository where the README's pictures are; none: they are left out
 * @returns the path of the VSIX, its size in bytes and what it holds
 */
export async function packageExtension(repository = '') {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const readme = await readFile(join(root, 'README.md'), 'utf8');
  await mkdir(join(root, 'out'), { recursive: true });
  await writeFile(join(root, readmePath), packedReadme(readme, { repository, version }));
  const { names, unwanted } = await packagedFiles();
  if (unwanted.length > 0) {
    throw new Error(`The package would hold ${unwanted.join(', ')}: see .vscodeignore.`);
  }
  const path = join(root, 'out', `spanhop-${version}.vsix`);
  await createVSIX({
    cwd: root,
    packagePath: path,
    readmePath,
    dependencies: false,
    allowMissingRepository: true,
    // With a repository vsce checks that each picture has an https address.
    rewriteRelativeLinks: repository !== '',
    skipLicense: false,
  });
  return { path, bytes: (await stat(path)).size, names };
}

/** Builds anew and packs. @returns as `packageExtension` */
export async function buildAndPack(repository) {
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await run(process.execPath, [join(root, 'esbuild.js')]);
  return packageExtension(repository);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { repository } = await readPublisher();
  const { path, bytes, names } = await buildAndPack(repository);
  for (const name of names.filter((each) => each.startsWith('dist/'))) {
    console.log(
      `${((await stat(join(root, name))).size / 1024).toFixed(0).padStart(7)} KB  ${name}`,
    );
  }
  const megabytes = (bytes / 1024 / 1024).toFixed(2);
  console.log(`${path}: ${megabytes} MB, ${names.length} files`);
  if (repository === '')
    console.log(
      'Its README has no pictures: publisher.json names no repository to load them from.',
    );
  if (bytes > aimBytes) console.log('This is larger than the target of 2.5 MB.');
}
