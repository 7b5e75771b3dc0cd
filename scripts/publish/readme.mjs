// The README as the package has it: its pictures load wherever it is read.
const link = /(!?)\[([^\]]*)\]\(([^)\s]+)\)/g;

export const isRelative = (target) => !/^(\w+:|#)/.test(target);

/** Every relative link of Markdown, in order: `{ isPicture, target }`. */
export function relativeLinks(markdown) {
  return [...markdown.matchAll(link)]
    .map(([, mark, , target]) => ({ isPicture: mark === '!', target }))
    .filter(({ target }) => isRelative(target));
}

/**
 * The editor and the marketplaces show pictures of https addresses only, not the package's own. With a repository,
 * pictures and links lead to the tag of this version there; without one, pictures are left out and links are words.
 */
export function packedReadme(markdown, { repository, version }) {
  if (repository === '')
    return markdown
      .replaceAll(link, (whole, mark, words, target) => {
        if (!isRelative(target)) return whole;
        return mark === '!' ? '' : words;
      })
      .replaceAll(/\n{3,}/g, '\n\n');
  return markdown.replaceAll(link, (whole, mark, words, target) =>
    isRelative(target)
      ? `${mark}[${words}](${atTag(repository, version, mark === '!')}/${target})`
      : whole,
  );
}

const atTag = (repository, version, isPicture) => {
  const folder = isPicture ? 'raw' : 'blob';
  const between = repository.startsWith('https://gitlab.com/') ? '/-' : '';
  return `${repository}${between}/${folder}/v${version}`;
};
