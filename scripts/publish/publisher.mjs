// `npm run publisher`: carries publisher.json into every file that says what only the publisher knows.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { root } from '../setup.mjs';

/** What each fact has to look like. docs/publishing.md says what it is for. */
const shapes = {
  publisher: /^[a-z\d][a-z\d-]*$/i,
  repository: /^https:\/\/(github|gitlab)\.com\/[\w.-]+(\/[\w.-]+)+$/,
  bugs: /^https:\/\/\S+$/,
  homepage: /^https:\/\/\S+$/,
  security: /^(https:\/\/\S+|[^\s@]+@[^\s@]+\.[^\s@]+)$/,
};

export async function readPublisher() {
  return JSON.parse(await readFile(join(root, 'publisher.json'), 'utf8'));
}

export function whyUnpublishable(facts) {
  const wrong = Object.keys(shapes).filter((name) => !shapes[name].test(facts[name] ?? ''));
  if (wrong.length === 0) return undefined;
  return `Nothing was published: fill in ${wrong.join(', ')} in publisher.json (see docs/publishing.md), then run npm run publisher.`;
}

const manifest = (path, directory) => ({
  path,
  fill(text, { publisher, repository, bugs, homepage }) {
    const fields = {
      ...(directory === undefined && publisher && { publisher }),
      ...(repository && {
        repository: { type: 'git', url: `git+${repository}.git`, ...(directory && { directory }) },
      }),
      ...(bugs && { bugs: { url: bugs } }),
      ...(homepage && { homepage }),
    };
    return `${JSON.stringify({ ...JSON.parse(text), ...fields }, undefined, 2)}\n`;
  },
});

const replacing = (path, pattern, fact) => ({
  path,
  fill: (text, facts) => (fact(facts) ? text.replaceAll(pattern, `$1${fact(facts)}`) : text),
});

const both = (one, other) => ({
  path: one.path,
  fill: (text, facts) => other.fill(one.fill(text, facts), facts),
});

const cloned = /(git clone )\S+/g;
const files = [
  manifest('package.json'),
  manifest('instrumentation/package.json', 'instrumentation'),
  both(
    replacing('README.md', cloned, ({ repository }) => repository),
    replacing('README.md', /(vscode:\/\/)[^'.\s/]+(?=\.spanhop\/)/g, ({ publisher }) => publisher),
  ),
  replacing('CONTRIBUTING.md', cloned, ({ repository }) => repository),
  replacing('SECURITY.md', /(Report it to )\S+?(?=[,.]\s)/g, ({ security }) => security),
  replacing(
    'src/core/extensionId.ts',
    /(extensionId = ')[^'.]+(?=\.)/g,
    ({ publisher }) => publisher,
  ),
];

export const filledFiles = files.map(({ path }) => path);

export function filledIn(path, text, facts) {
  return files.find((file) => file.path === path).fill(text, facts);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const facts = await readPublisher();
  for (const path of filledFiles) {
    const text = await readFile(join(root, path), 'utf8');
    const filled = filledIn(path, text, facts);
    if (filled === text) continue;
    await writeFile(join(root, path), filled);
    console.log(`${path} is filled in.`);
  }
}
