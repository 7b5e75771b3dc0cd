// Licenses of what is bundled: every package that esbuild read a file of, and every copy below src.
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

import { root } from '../setup.mjs';

const packageFolder = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//;
/** In a README: what stands below its heading, where that is more than a name. */
const licenseSection = /^#* *license\b[^]*permission[^]*$/im;
const legalFile = /^(licen[cs]e|copying|notice|thirdpartynotice)/i;
/** Copied or generated from, and so in no package's folder. */
const copies = [
  {
    name: 'opentelemetry-proto',
    license: 'Apache-2.0',
    input: 'src/sources/otlp/schema.ts',
    folder: 'src/sources/otlp/proto',
  },
];

/** Folders of the packages that these inputs of esbuild lie in, sorted; paths are relative to the root. */
export const bundledFolders = (inputs) =>
  [...new Set(inputs.flatMap((input) => packageFolder.exec(input)?.[1] ?? []))].sort();

/**
 * The text of ThirdPartyNotices.txt.
 * @throws Error that names a package without a license text
 */
export async function noticesFor(inputs) {
  const packages = await Promise.all(bundledFolders(inputs).map(describePackage));
  const copied = copies.filter(({ input }) => inputs.includes(input));
  const parts = await Promise.all(
    [...packages, ...copied].map(async ({ name, license, folder }) =>
      [`${name} (${license})`, '', await legalText(name, folder)].join('\n'),
    ),
  );
  const heading = 'Spanhop contains parts of these packages, under their licenses.';
  return `${[heading, ...new Set(parts)].join(`\n\n${'='.repeat(80)}\n\n`)}\n`;
}

async function describePackage(folder) {
  const { name, version, license } = JSON.parse(
    await readFile(join(root, folder, 'package.json'), 'utf8'),
  );
  return { name: `${name ?? basename(folder)} ${version}`, license, folder };
}

async function legalText(name, folder) {
  const files = (await readdir(join(root, folder))).sort();
  const legal = files.filter((file) => legalFile.test(file));
  const readmes = files.filter((file) => /^readme/i.test(file));
  const texts =
    legal.length > 0
      ? await Promise.all(legal.map((file) => textOf(folder, file)))
      : (await Promise.all(readmes.map((file) => textOf(folder, file)))).flatMap(
          (text) => licenseSection.exec(text)?.[0] ?? [],
        );
  if (texts.length === 0) throw new Error(`${name} is bundled and has no license text.`);
  return texts.join('\n\n');
}

const textOf = async (folder, file) =>
  (await readFile(join(root, folder, file), 'utf8')).replaceAll('\r\n', '\n').trim();
