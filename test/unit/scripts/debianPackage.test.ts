import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

import { installDebianPackage, type AptAnswer } from '../../support/debianPackage.ts';

const root = resolve(import.meta.dirname, '../../..');
const added =
  'Inst libnew (1.2 Debian:12/stable [amd64])\nConf libnew (1.2 Debian:12/stable [amd64])';

/** An apt-get that plans what it is given, and what it was asked. */
function fakeApt(plan: AptAnswer) {
  const asked: string[] = [];
  const apt = (args: readonly string[]): AptAnswer => {
    asked.push(args.join(' '));
    return args.includes('--simulate') ? plan : { status: 0, stdout: '' };
  };
  return { apt, asked };
}

describe('a package of the system', () => {
  it('is installed by a test machine, without upgrades or what it only recommends', () => {
    const { apt, asked } = fakeApt({ status: 0, stdout: added });
    assert.equal(installDebianPackage('chromium', true, apt), true);
    const install = 'install -y -q --no-install-recommends --no-upgrade --no-remove chromium';
    assert.deepEqual(asked, ['update -q', `${install} --simulate`, install]);
  });

  it('is never installed elsewhere: nothing is asked of apt-get', () => {
    const { apt, asked } = fakeApt({ status: 0, stdout: added });
    assert.equal(installDebianPackage('chromium', false, apt), false);
    assert.deepEqual(asked, []);
  });

  const refused = {
    'would upgrade another': `${added}\nInst libc6 [2.36-9] (2.36-10 Debian:12/stable [amd64])`,
    'would remove another': `Remv exim4 [4.96]\n${added}`,
  };
  for (const [why, stdout] of Object.entries(refused)) {
    it(`is left out where it ${why}`, () => {
      const { apt, asked } = fakeApt({ status: 0, stdout });
      assert.equal(installDebianPackage('chromium', true, apt), false);
      assert.equal(asked.length, 2);
    });
  }

  it('is left out where apt-get knows none, or is not there', () => {
    const { apt } = fakeApt({ status: 100, stdout: '' });
    assert.equal(installDebianPackage('chromium', true, apt), false);
    assert.equal(
      installDebianPackage('chromium', true, () => ({ status: null, stdout: '' })),
      false,
    );
  });

  it('is installed by nothing else: no script or test runs a package manager of the system', () => {
    const manager = /['"`](?:sudo|apt|apt-get|dpkg|dnf|yum|apk|pacman|brew|choco|winget)['"`]/;
    const files = globSync('{scripts,test,instrumentation,samples/shop/scripts,.ci}/**/*', {
      cwd: root,
      withFileTypes: true,
      exclude: ({ name }) => name === 'node_modules' || name === 'fixtures' || name === 'unit',
    });
    const running = files
      .filter((entry) => entry.isFile())
      .map((entry) => resolve(entry.parentPath, entry.name))
      .filter((path) => manager.test(readFileSync(path, 'utf8')));
    assert.deepEqual(running, [resolve(root, 'test/support/debianPackage.ts')]);
  });
});
