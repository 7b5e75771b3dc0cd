import { deepEqual } from 'node:assert/strict';
import fc from 'fast-check';
import {
  extractConfig,
  isConfigFile,
  type ConfigFacts,
} from '../../../../src/core/code/configFacts.ts';
import { extractFacts } from '../../../../src/core/code/extractFacts.ts';
import type { FileFacts } from '../../../../src/core/code/language/facts.ts';
import { ModuleResolution } from '../../../../src/core/code/language/program/moduleResolution.ts';
import { Linker, type WorkspaceFacts } from '../../../../src/core/code/linker.ts';
import { edits, firstFiles, type FileEdit } from '../../../support/growingWorkspace.ts';
import { indexContents } from '../../../support/indexContents.ts';
import { linked } from '../../../support/memoryWorkspace.ts';

/** Facts of files that come and go; what didn't change stays the same object. */
class Files {
  readonly #files = new Map<string, FileFacts>();
  readonly #configs = new Map<string, ConfigFacts>();
  #modules: ModuleResolution | undefined;

  take(changes: readonly FileEdit[]): WorkspaceFacts {
    for (const { name, text } of changes) this.#set(`/ws/${name}`, text);
    const sources = new Set(this.#files.keys());
    const configs = new Map(this.#configs);
    this.#modules ??= new ModuleResolution((path) => sources.has(path), configs);
    const files = new Map(this.#files);
    return {
      files,
      sources,
      outside: new Set(),
      otherSources: new Set(),
      goSources: { files: new Map(), modules: new Map() },
      configs,
      problems: [],
      modules: this.#modules,
    };
  }

  #set(path: string, text: string | undefined): void {
    if (isConfigFile(path) || text === undefined || !this.#files.has(path))
      this.#modules = undefined;
    const isConfig = isConfigFile(path);
    if (text === undefined) (isConfig ? this.#configs : this.#files).delete(path);
    else if (!isConfig) this.#files.set(path, extractFacts(path, text));
    else {
      const facts = extractConfig(path, text);
      if (facts) this.#configs.set(path, facts);
      else this.#configs.delete(path);
    }
  }
}

describe('Linker', () => {
  it('gives after any series of changes the index that linking from scratch gives', function () {
    this.timeout(60_000);
    fc.assert(
      fc.property(firstFiles, edits, (first, changes) => {
        const files = new Files();
        const linker = new Linker();
        for (const change of [first, ...changes]) {
          const workspace = files.take(change);
          const relinked = linked(linker, workspace);
          const fresh = linked(new Linker(), workspace);
          deepEqual(indexContents(relinked), indexContents(fresh));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('ends a path that runs in circles where linking from scratch ends it', () => {
    const files = new Files();
    const linker = new Linker();
    const write = (name: string, text: string) => ({ name: `src/${name}.ts`, text });
    const constants = (root: string) =>
      write('constants', `export const PATH = \`\${ROOT}/cats\`;\nexport const ROOT = ${root};`);
    const controller = write(
      'a',
      `import { Controller, Get } from '@nestjs/common';
      import { PATH } from './constants';
      @Controller(PATH) export class A { @Get() all() {} }`,
    );
    const pathAfter = (...changes: readonly FileEdit[]) =>
      linked(linker, files.take(changes)).handlers.map((one) => 'path' in one && one.path);
    deepEqual(pathAfter(controller, constants("'root'")), ['/root/cats']);
    deepEqual(pathAfter(constants('PATH')), ['/cats']);
  });
});
