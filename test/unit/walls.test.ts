import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { build, type BuildFailure } from 'esbuild';
import { ESLint } from 'eslint';

import { wallsPlugin } from '../../scripts/esbuildWalls.ts';
import { walls } from '../../scripts/walls.ts';

const root = resolve(import.meta.dirname, '../..');

/** Per folder: one import through each of its walls, as a file in that folder would write it. */
const planted: Readonly<Record<string, readonly string[]>> = {
  'src/core': [
    'vscode',
    'node:fs',
    'fs',
    '../sources/local/x.ts',
    '../protocol/rpc.ts',
    '../engine/methods.ts',
    '../host/commands.ts',
    '../cli/main.ts',
    '../../media/waterfall/main.tsx',
    '../../instrumentation/src/index.ts',
  ],
  'src/core/base': [
    '../trace/trace.ts',
    '../waterfall/rows.ts',
    '../code/model.ts',
    '../matching/match.ts',
    '../correlate/figures.ts',
    '../explain/parts.ts',
  ],
  'src/core/trace': [
    '../waterfall/rows.ts',
    '../code/model.ts',
    '../matching/match.ts',
    '../correlate/figures.ts',
    '../explain/parts.ts',
  ],
  'src/core/waterfall': [
    '../code/model.ts',
    '../matching/match.ts',
    '../correlate/figures.ts',
    '../explain/parts.ts',
  ],
  'src/core/code': [
    '../trace/trace.ts',
    '../waterfall/rows.ts',
    '../matching/match.ts',
    '../correlate/figures.ts',
    '../explain/parts.ts',
  ],
  'src/core/code/language': ['../nest/handlers.ts', '../calls/callGraph.ts'],
  'src/core/code/nest': ['../calls/callGraph.ts'],
  'src/core/matching': ['../waterfall/rows.ts', '../correlate/figures.ts', '../explain/parts.ts'],
  'src/core/explain': ['../waterfall/rows.ts', '../correlate/figures.ts'],
  'src/core/correlate': ['../waterfall/rows.ts'],
  'src/protocol': [
    'vscode',
    'node:fs',
    'fs',
    '../sources/local/x.ts',
    '../engine/methods.ts',
    '../host/commands.ts',
    '../cli/main.ts',
    '../../media/waterfall/main.tsx',
    '../../instrumentation/src/index.ts',
  ],
  'src/sources': [
    'vscode',
    '../protocol/rpc.ts',
    '../engine/methods.ts',
    '../host/commands.ts',
    '../cli/main.ts',
    '../../media/waterfall/main.tsx',
    '../../instrumentation/src/index.ts',
  ],
  'src/engine': [
    'vscode',
    '../host/commands.ts',
    '../cli/main.ts',
    '../../media/waterfall/main.tsx',
    '../../instrumentation/src/index.ts',
  ],
  'src/cli': [
    'vscode',
    '../host/commands.ts',
    '../../media/waterfall/main.tsx',
    '../../instrumentation/src/index.ts',
  ],
  'src/host': [
    '../cli/main.ts',
    '../../media/waterfall/main.tsx',
    '../sources/local/x.ts',
    '../../instrumentation/src/index.ts',
  ],
  media: [
    'vscode',
    'node:fs',
    'fs',
    '../src/sources/local/x.ts',
    '../src/engine/methods.ts',
    '../src/host/commands.ts',
    '../src/cli/main.ts',
    '../src/core/code/model.ts',
    '../src/core/matching/match.ts',
    '../src/core/correlate/figures.ts',
    '../src/core/explain/parts.ts',
    '../instrumentation/src/index.ts',
  ],
  instrumentation: [
    'vscode',
    '../src/core/base/units.ts',
    '../src/sources/local/x.ts',
    '../src/protocol/rpc.ts',
    '../src/engine/methods.ts',
    '../src/host/commands.ts',
    '../src/cli/main.ts',
    '../media/waterfall/main.tsx',
  ],
};

/** Every way to write an import, under a name of its own; the last two leave no trace in the bundle. */
const forms: Readonly<Record<string, (path: string, name: string) => string>> = {
  'a static import': (path, name) => `import * as ${name} from '${path}';\nconsole.log(${name});\n`,
  'an export from': (path, name) => `export * as ${name} from '${path}';\n`,
  'a dynamic import': (path, name) => `export const ${name} = import('${path}');\n`,
  'a require': (path, name) => `export const ${name} = require('${path}');\n`,
  'a require in a try': (path, name) =>
    `export let ${name};\ntry { ${name} = require('${path}'); } catch { ${name} = 1; }\n`,
  'a type import': (path, name) =>
    `import type { Planted as A${name} } from '${path}';\nexport type ${name} = A${name};\n`,
  'an import in a type': (path, name) => `export type ${name} = import('${path}').Planted;\n`,
};
const textOf = (form: string, paths: readonly string[]): string =>
  paths.map((path, at) => forms[form]?.(path, `planted${String(at)}`)).join('');
const typesOnly = new Set(['a type import', 'an import in a type']);

/** The rules of the walls need no types: without them a text is judged in milliseconds. */
async function wallLinter(): Promise<ESLint> {
  const eslint = new ESLint({ cwd: root });
  const sample = (await eslint.calculateConfigForFile('src/core/planted.ts')) as {
    languageOptions: { parser: object };
  };
  const { default: config } = (await import(join(root, 'eslint.config.js'))) as {
    default: { readonly files?: readonly string[]; readonly rules?: object }[];
  };
  const own = config.filter(({ rules }) => rules !== undefined && 'no-restricted-imports' in rules);
  return new ESLint({
    cwd: root,
    overrideConfigFile: true,
    baseConfig: [
      { files: ['**/*.{ts,tsx}'], languageOptions: { parser: sample.languageOptions.parser } },
      ...own,
    ] as never,
  });
}

describe('the walls between folders', () => {
  it('are all planted against: each folder and each forbidden target has a case', () => {
    assert.deepEqual(Object.keys(planted).sort(), walls.map(({ folder }) => folder).sort());
    for (const wall of walls) {
      const cases = planted[wall.folder] ?? [];
      const bare = wall.mayNot.includes('node:*') ? 1 : 0;
      const forbidden = wall.mayNot.filter((pattern) => !pattern.startsWith('!'));
      assert.equal(cases.length, forbidden.length + bare, wall.folder);
    }
  });

  describe('lint', () => {
    let linter: ESLint;
    before(async () => {
      linter = await wallLinter();
    });
    it('lets the host import what describes sources, and none of their code', async () => {
      const filePath = join(root, 'src/host/settings/planted.ts');
      const messages = async (path: string) => {
        const [result] = await linter.lintText(textOf('a static import', [path]), { filePath });
        return result?.messages ?? [];
      };
      assert.deepEqual(await messages('../../sources/registry.ts'), []);
      for (const path of ['openSource.ts', 'local/descriptor.ts', 'jaeger/jaegerSource.ts'])
        assert.equal((await messages(`../../sources/${path}`)).length, 1, path);
    });
    it('keeps the walls of outer folders around the inner ones', async () => {
      const filePath = join(root, 'src/core/code/language/values/planted.ts');
      for (const [folder, path] of [
        ['src/core', 'node:fs'],
        ['src/core', 'fs'],
        ['src/core', '../../../../host/commands.ts'],
        ['src/core/code', '../../../matching/match.ts'],
      ] as const) {
        const [result] = await linter.lintText(textOf('a static import', [path]), { filePath });
        const wall = walls.find((one) => one.folder === folder);
        const said = result?.messages.map((found) => found.message) ?? [];
        assert.ok(wall && said.some((text) => text.includes(wall.message)), path);
      }
    });
    for (const { folder, message } of walls) {
      for (const form of Object.keys(forms)) {
        it(`names the right place for ${form} planted in ${folder}`, async () => {
          const paths = planted[folder] ?? [];
          const text = textOf(form, paths);
          const [result] = await linter.lintText(text, {
            filePath: join(root, folder, 'planted.ts'),
          });
          const lines = text.split('\n');
          for (const path of paths) {
            const said = result?.messages.filter(({ line }) =>
              lines[line - 1]?.includes(`'${path}'`),
            );
            assert.ok(
              said?.some((found) => found.message.includes(message)),
              `${form} of ${path} in ${folder} passed: ${JSON.stringify(said)}`,
            );
          }
        });
      }
      it(`lets ${folder} import its own files`, async () => {
        const text = "import { a } from './own.ts';\nconsole.log(a);\n";
        const filePath = join(root, folder, 'planted.ts');
        const [result] = await linter.lintText(text, { filePath });
        assert.deepEqual(result?.messages, []);
      });
    }
  });

  describe('the bundler', () => {
    const bundle = (folder: string, contents: string) =>
      build({
        stdin: {
          contents,
          loader: 'ts',
          resolveDir: join(root, folder),
          sourcefile: join(root, folder, 'planted.ts'),
        },
        bundle: true,
        write: false,
        platform: 'node',
        external: ['vscode'],
        logLevel: 'silent',
        plugins: [wallsPlugin],
      });
    for (const { folder, message } of walls) {
      for (const form of Object.keys(forms).filter((name) => !typesOnly.has(name))) {
        it(`names the right place for ${form} planted in ${folder}`, async () => {
          const paths = planted[folder] ?? [];
          await assert.rejects(bundle(folder, textOf(form, paths)), ({ errors }: BuildFailure) => {
            for (const path of paths)
              assert.ok(
                errors.some(({ text }) => text === `"${path}": ${message}`),
                `${form} of ${path} in ${folder} passed: ${JSON.stringify(errors)}`,
              );
            return true;
          });
        });
      }
    }
  });

  describe('the types of a folder', function () {
    this.timeout(60_000);
    let scratch = '';
    before(async () => {
      // Inside the checkout, where `vscode` and `node` would be found if nothing kept them out.
      await mkdir(join(root, 'out'), { recursive: true });
      scratch = await mkdtemp(join(root, 'out', 'walls-'));
    });
    after(() => rm(scratch, { recursive: true, force: true }));

    /** What tsc prints for a text that stands in `folder`, by that folder's own settings. */
    async function typeErrors(folder: string, texts: readonly string[]): Promise<string> {
      const name = folder.replaceAll('/', '-');
      const files = texts.map((_, index) => join(scratch, `${name}-${String(index)}.ts`));
      await Promise.all(files.map((file, index) => writeFile(file, texts[index] ?? '')));
      const config = join(scratch, `${name}.json`);
      const own = (await import(join(root, folder, 'tsconfig.json'), {
        with: { type: 'json' },
      })) as { default: { include: string[] } };
      await writeFile(
        config,
        JSON.stringify({
          extends: join(root, folder, 'tsconfig.json'),
          include: [...own.default.include.map((path) => join(root, folder, path)), ...files],
          compilerOptions: { tsBuildInfoFile: join(scratch, `${name}.tsbuildinfo`) },
        }),
      );
      return new Promise((done) => {
        execFile(
          process.execPath,
          [join(root, 'node_modules/typescript7/bin/tsc'), '-p', config, '--pretty', 'false'],
          { maxBuffer: 1 << 26 },
          (_, stdout) => done(stdout),
        );
      });
    }

    for (const folder of [
      'src/core',
      'src/protocol',
      'src/sources',
      'src/engine',
      'src/cli',
      'media',
    ]) {
      it(`has no vscode in ${folder}, as a type or a value`, async () => {
        const errors = await typeErrors(folder, [
          "import type { Uri } from 'vscode';\nexport type A = Uri;\n",
          "import { Uri } from 'vscode';\nexport const a = Uri;\n",
          "export type A = import('vscode').Uri;\n",
        ]);
        for (const index of [0, 1, 2]) {
          const own = errors.split('\n').filter((line) => line.includes(`-${String(index)}.ts(`));
          assert.match(own.join('\n'), /vscode"'? has no exported member/, `form ${String(index)}`);
        }
      });
    }

    it('has no Node, no DOM and no timers in core', async () => {
      const errors = await typeErrors('src/core', [
        "import { readFileSync } from 'node:fs';\nexport const a = readFileSync;\n",
        'export const a = document;\n',
        'export const a = process.env;\n',
        'setTimeout(() => undefined, 1);\nexport const a = 1;\n',
      ]);
      for (const name of ['node:fs', 'document', 'process', 'setTimeout']) {
        assert.match(errors, new RegExp(`Cannot find (module|name) '${name}'`), name);
      }
    });

    it('has only the files that a folder may reach', async () => {
      const above: Readonly<Record<string, string>> = {
        'src/core': 'src/protocol/rpc.ts',
        'src/protocol': 'src/engine/methods.ts',
        'src/sources': 'src/protocol/rpc.ts',
        media: 'src/engine/methods.ts',
      };
      for (const [folder, target] of Object.entries(above)) {
        const errors = await typeErrors(folder, [
          `import type * as planted from '${join(root, target)}';\nexport type A = typeof planted;\n`,
        ]);
        assert.match(
          errors,
          /is not (listed within|under)/,
          `${folder} -> ${target}: ${errors.slice(0, 500)}`,
        );
      }
    });
  });
});
