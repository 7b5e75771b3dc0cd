import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { httpHandlers, indexFiles } from '../../../support/memoryWorkspace.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const apps = join(root, 'test', 'fixtures', 'apps', 'routing');

interface Recording {
  readonly nest: string;
  /** By app: `GET /path Controller.method`, sorted. */
  readonly apps: Readonly<Record<string, readonly string[]>>;
}

for (const file of readdirSync(join(apps, 'recorded'))) {
  const recording = JSON.parse(readFileSync(join(apps, 'recorded', file), 'utf8')) as Recording;
  describe(`the router of Nest ${recording.nest}`, () => {
    for (const [app, routes] of Object.entries(recording.apps)) {
      it(`registers what the index finds in ${app}`, () => {
        const index = indexFiles(filesOf(folderOf(app)));
        const found = httpHandlers(index).map(
          (h) => `${h.method} ${h.path} ${h.controller}.${h.handler}`,
        );
        assert.deepEqual([...new Set(found)].sort(), [...routes].sort());
      });
    }
  });
}

describe('the lines of recorded routes', () => {
  for (const app of ['versions', 'plain', 'workspace', 'javascript']) {
    it(`are those of the methods’ names in ${app}`, () => {
      const files = filesOf(folderOf(app));
      for (const { location, handler } of httpHandlers(indexFiles(files))) {
        const text = files[location.path.replace('/ws/', '')] ?? '';
        const line = text.split('\n')[location.line - 1] ?? '';
        assert.equal(line.slice(location.column - 1).split('(', 1)[0], handler);
      }
    });
  }
});

function folderOf(app: string): string {
  return app.endsWith('-api') ? join(root, 'samples', 'shop', 'apps', app) : join(apps, app);
}

function filesOf(folder: string): Record<string, string> {
  const files: Record<string, string> = {};
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
    const path = name.replaceAll('\\', '/');
    if (/(^|\/)(node_modules|dist)(\/|$)/.test(path)) continue;
    if (!statSync(join(folder, name)).isFile() || !/\.(ts|js|json)$/.test(path)) continue;
    files[path] = readFileSync(join(folder, name), 'utf8');
  }
  return files;
}
