import assert from 'node:assert/strict';
import { resolve } from 'node:path';

import { betweenFolders, circlesIn, importsOf, readImports } from '../support/importGraph.ts';

const root = resolve(import.meta.dirname, '../..');

/** The rooms of docs/architecture.md, the innermost first; what stands beside them in a folder puts them together. */
const rooms = [
  'base',
  'trace',
  'waterfall',
  'code/language',
  'code/nest',
  'code/calls',
  'code/projects',
  'code/config',
  'code/go',
  'matching',
  'correlate',
  'explain',
];
const roomOf = (path: string) => rooms.find((room) => path.startsWith(`${room}/`));
const shown = (circles: readonly (readonly string[])[]) => circles.map((one) => one.join(' → '));

describe('imports', () => {
  for (const folder of ['src', 'media', 'instrumentation/src']) {
    it(`run in no circle in ${folder}, not even of types`, () => {
      const graph = readImports(resolve(root, folder));
      assert.ok(graph.size > 2);
      assert.deepEqual(shown(circlesIn(graph)), []);
    });
  }

  it('run in no circle between the rooms of core', () => {
    const graph = readImports(resolve(root, 'src/core'));
    const between = betweenFolders(graph, roomOf);
    assert.ok(between.get('matching')?.has('trace'));
    assert.deepEqual(shown(circlesIn(between)), []);
  });

  it('are read in every form, of values and types, over several files', () => {
    for (const last of [
      "import { a } from './a.ts';\nexport const c = a;\n",
      "import type { A } from './a.ts';\nexport type C = A;\n",
      "import { type A } from './a.ts';\nexport type C = A;\n",
      "export * from './a.ts';\n",
      "export type { A } from './a.ts';\n",
      "export type C = import('./a.ts').A;\n",
      "export const c = import('./a.ts');\n",
      "export const c = require('./a.ts');\n",
    ]) {
      const texts = new Map([
        [
          'x/a.ts',
          "import { b } from '../y/b.ts';\nexport type A = typeof b;\nexport const a = b;\n",
        ],
        ['y/b.ts', "import type { C } from '../x/c.ts';\nexport declare const b: C;\n"],
        ['x/c.ts', last],
      ]);
      const graph = importsOf(texts);
      assert.deepEqual(shown(circlesIn(graph)), ['x/a.ts → y/b.ts → x/c.ts → x/a.ts'], last);
      const folders = betweenFolders(graph, (path) => path.slice(0, 1));
      assert.deepEqual(shown(circlesIn(folders)), ['x → y → x'], last);
    }
  });

  it('of two files from one, and of one by two ways, are no circle', () => {
    const texts = new Map([
      ['a.ts', "import './b.ts';\nimport './c.ts';\n"],
      ['b.ts', "import './c.ts';\n"],
      ['c.ts', '// import "./a.ts"\nexport const text = "import \'./a.ts\'";\n'],
    ]);
    assert.deepEqual(circlesIn(importsOf(texts)), []);
  });
});
