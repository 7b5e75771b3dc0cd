// The README as the package has it: its pictures load wherever it is read.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { root } from '../setup.mjs';

const link = /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g;

export const isRelative = (target) => !/^(\w+:|#)/.test(target);

/** Every relative link of Markdown, in order: `{ isPicture, target }`. */
export function relativeLinks(markdown) {
  return [...markdown.matchAll(link)]
    .map(([, mark, , target]) => ({ isPicture: mark === '!', target }))
    .filter(({ target }) => isRelative(target));
}

/**
 * The editor and the marketplaces show pictures of https and data addresses only. With a repository, pictures and
 * links lead to the tag of this version there; without one, pictures are part of the text and links are their words.
 */
export async function packedReadme(markdown, { repository, version }) {
  const pictures = new Map();
  if (repository === '') {
    for (const { target } of relativeLinks(markdown).filter(({ isPicture }) => isPicture)) {
      const picture = await readFile(join(root, target));
      pictures.set(target, `data:image/png;base64,${picture.toString('base64')}`);
    }
  }
  return markdown.replaceAll(link, (whole, mark, words, target) => {
    if (!isRelative(target)) return whole;
    const isPicture = mark === '!';
    if (repository !== '')
      return `${mark}[${words}](${atTag(repository, version, isPicture)}/${target})`;
    return isPicture ? `![${words}](${pictures.get(target)})` : words;
  });
}

const atTag = (repository, version, isPicture) => {
  const folder = isPicture ? 'raw' : 'blob';
  const between = repository.startsWith('https://gitlab.com/') ? '/-' : '';
  return `${repository}${between}/${folder}/v${version}`;
};
