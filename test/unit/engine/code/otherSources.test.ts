import assert from 'node:assert/strict';
import { mkdtemp, realpath, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CodeIndex } from '../../../../src/core/code/model.ts';
import type { WorkspaceIndex } from '../../../../src/engine/code/workspaceIndex.ts';
import { openIndex } from '../../../support/openIndex.ts';
import { writeFiles } from '../../../support/writeFiles.ts';

const program = (route: string) =>
  `package main\n\nfunc main() {\n\thttp.HandleFunc("${route}", rates)\n}\n`;

describe("a workspace's Go code", () => {
  let folder = '';
  let index: WorkspaceIndex;
  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), 'spanhop-go-')));
    await writeFiles(folder, {
      'api/package.json': '{ "name": "api" }',
      'api/src/main.ts':
        "import { Module } from '@nestjs/common';\n@Module({})\nexport class App {}\n",
      'rates/go.mod': 'module example.com/rates\n',
      'rates/main.go': program('GET /rates/{country}'),
      'rates/main_test.go': program('/test'),
      'rates/vendor/lib/lib.go': program('/vendor'),
    });
    index = await openIndex(folder, true);
  });
  after(async () => {
    index.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const shown = ({ goServices }: CodeIndex) =>
    goServices.map(({ project, routes }) =>
      [project.name, ...routes.map(({ path, location }) => `${path} ${location.line}`)].join(' '),
    );

  it('has the routes of its modules, without tests and what is installed', () => {
    assert.deepEqual(shown(index.current), ['rates /rates/{country} 4']);
    assert.ok(index.current.otherFiles.has(join(folder, 'rates/main.go')));
    assert.deepEqual(
      index.current.projects.map(({ name }) => name),
      ['api'],
    );
  });

  it('is read again when a file changes, and forgotten with it', async () => {
    const path = join(folder, 'rates/main.go');
    const changed = await index.change([{ path, text: program('/other') }]);
    assert.deepEqual(shown(changed), ['rates /other 4']);
    assert.deepEqual(shown(await index.change([{ path, text: null }])), ['rates']);
    const gone = await index.change([{ path: join(folder, 'rates'), text: null }]);
    assert.deepEqual(shown(gone), []);
    assert.deepEqual(shown(await index.change([{ path: join(folder, 'rates') }])), [
      'rates /rates/{country} 4',
    ]);
  });
});
