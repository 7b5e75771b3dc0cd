import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import {
  filledFiles,
  filledIn,
  readPublisher,
  whyUnpublishable,
  type Publisher,
} from '../../../../scripts/publish/publisher.mjs';
import { extensionId } from '../../../../src/core/extensionId.ts';

const root = resolve(import.meta.dirname, '../../../..');
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const known: Publisher = {
  publisher: 'acme',
  repository: 'https://github.com/acme/spans',
  bugs: 'https://github.com/acme/spans/issues',
  homepage: 'https://acme.example',
  security: 'security@acme.example',
};
const unknown: Publisher = {
  publisher: '',
  repository: '',
  bugs: '',
  homepage: '',
  security: '',
};

describe('what only the publisher knows', () => {
  it('is said in every file as publisher.json has it: npm run publisher writes it there', async () => {
    const facts = await readPublisher();
    assert.deepEqual(Object.keys(facts).toSorted(), Object.keys(known).toSorted());
    for (const path of filledFiles)
      assert.equal(filledIn(path, text(path), facts), text(path), path);
  });

  it('reaches each of those files, and leaves them as they are while it is unknown', () => {
    for (const path of filledFiles) {
      const filled = filledIn(path, text(path), known);
      assert.notEqual(filled, text(path), path);
      assert.equal(filledIn(path, filled, known), filled, path);
      assert.equal(filledIn(path, text(path), unknown), text(path), path);
    }
    const manifest = JSON.parse(filledIn('package.json', text('package.json'), known)) as object;
    const { publisher, repository, bugs, homepage } = manifest as Record<string, unknown>;
    assert.deepEqual(
      { publisher, repository, bugs, homepage },
      {
        publisher: 'acme',
        repository: { type: 'git', url: 'git+https://github.com/acme/spans.git' },
        bugs: { url: known.bugs },
        homepage: known.homepage,
      },
    );
    const filled = (path: string) => filledIn(path, text(path), known);
    for (const path of ['README.md', 'CONTRIBUTING.md'])
      assert.match(filled(path), /git clone https:\/\/github\.com\/acme\/spans && cd spanhop/);
    assert.doesNotMatch(filled('README.md'), /vscode:\/\/(?!acme\.spanhop\/)/);
    assert.match(filled('SECURITY.md'), /Report it to security@acme\.example, not/);
    assert.match(filled('src/core/extensionId.ts'), /'acme\.spanhop'/);
  });

  it('is the id of the extension wherever that is said', () => {
    const { publisher, name } = JSON.parse(text('package.json')) as Record<string, string>;
    assert.equal(extensionId, `${publisher}.${name}`);
  });

  it('is asked for, field by field, before anything is published', () => {
    assert.equal(whyUnpublishable(known), undefined);
    const sentence = whyUnpublishable(unknown) ?? '';
    assert.match(sentence, /^Nothing was published: fill in .* in publisher\.json/);
    for (const field of Object.keys(known)) assert.ok(sentence.includes(field), field);
    const wrong: Partial<Publisher>[] = [
      { repository: 'git@github.com:acme/spans.git' },
      { repository: 'https://github.com/acme/' },
      { publisher: 'a b' },
      { bugs: 'http://acme.example' },
      { security: 'later' },
    ];
    for (const one of wrong)
      assert.ok(
        whyUnpublishable({ ...known, ...one })?.includes(Object.keys(one)[0]!),
        JSON.stringify(one),
      );
  });

  it('stops npm run publish with one sentence, before it packs', () => {
    const env = { ...process.env, VSCE_PAT: '', OVSX_PAT: '', NODE_AUTH_TOKEN: '' };
    const { status, stdout } = spawnSync(process.execPath, [join(root, 'scripts/publish.mjs')], {
      env,
      encoding: 'utf8',
    });
    assert.equal(status, 1);
    assert.match(
      stdout,
      /^Nothing was published: (fill in .* in publisher\.json|set VSCE_PAT).*\n$/,
    );
  });
});
