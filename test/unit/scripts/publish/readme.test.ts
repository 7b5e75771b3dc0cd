import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { isRelative, packedReadme, relativeLinks } from '../../../../scripts/publish/readme.mjs';

const root = resolve(import.meta.dirname, '../../../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const links = relativeLinks(readme);
const pictures = links.filter(({ isPicture }) => isPicture).map(({ target }) => target);
const targetsOf = (markdown: string) =>
  [...markdown.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g)].map(([, target = '']) => target);
const inRepository = (repository: string) => packedReadme(readme, { repository, version: '1.2.3' });

describe('the README of the package', () => {
  it('has pictures and links to files that are there', () => {
    assert.ok(pictures.length >= 3);
    for (const { target } of links) assert.ok(existsSync(join(root, target)), target);
  });

  it('leaves out what leads nowhere while no repository is known: the editor shows no picture of a package', () => {
    const packed = inRepository('');
    assert.deepEqual(targetsOf(packed), []);
    assert.deepEqual(relativeLinks(packed), []);
    assert.doesNotMatch(packed, /\n\n\n|!\[/);
    assert.ok(packed.includes('(#from-containers)'));
  });

  for (const [repository, raw, blob] of [
    ['https://github.com/o/r', 'https://github.com/o/r/raw/', 'https://github.com/o/r/blob/'],
    ['https://gitlab.com/o/r', 'https://gitlab.com/o/r/-/raw/', 'https://gitlab.com/o/r/-/blob/'],
  ] as const)
    it(`leads to the tag of its version at ${repository}`, () => {
      const packed = inRepository(repository);
      assert.deepEqual(
        targetsOf(packed),
        pictures.map((target) => `${raw}v1.2.3/${target}`),
      );
      assert.deepEqual(relativeLinks(packed), []);
      assert.ok(packed.includes(`](${blob}v1.2.3/docs/architecture.md)`));
    });

  it('keeps links that are whole already', () => {
    for (const target of ['https://a.example/b', 'mailto:a@b.example', '#settings', 'data:,x'])
      assert.ok(!isRelative(target), target);
    for (const target of ['docs/a.md', './a.png', '/a.md', '../a.md'])
      assert.ok(isRelative(target), target);
  });
});
