import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { build } from 'esbuild';

import { bundles, common } from '../../../scripts/bundles.mjs';
import { readCommandLine } from '../../../src/cli/commandLine.ts';
import { help } from '../../../src/cli/help.ts';
import { wording } from '../../../src/cli/wording.ts';
import type { SettingReader } from '../../../src/core/base/setting.ts';
import { UsageError } from '../../../src/core/base/usageError.ts';
import { commands, settings, type Settings } from '../../../src/host/contributions.ts';
import { sourceItems } from '../../../src/host/settings/sourceItems.ts';
import {
  commandLineSources,
  editorSources,
  sources,
  type CommandLineSource,
} from '../../../src/sources/registry.ts';

const root = resolve(import.meta.dirname, '../../..');
const defaults: SettingReader<Settings> = (id) => settings[id].default;

/** A value that a flag's description in the help stands for. */
const exampleOf = (value: string) =>
  ({ URL: 'http://localhost:1', "'Name: text'": 'a: b', '[database]': 'x.db' })[value] ?? 'text';

describe('a source', () => {
  it('is known by the name of its kind', () => {
    for (const [kind, source] of Object.entries(sources)) assert.equal(source.kind, kind);
  });

  it('of Jaeger has a page for each span, at the URL that is set and without its credentials', () => {
    const { url } = sources.jaeger.editor.page;
    const of = (base: string) =>
      url(() => base as never, { traceId: '5b8aa5a2d2c872e8', spanId: '00f067aa0ba902b7' });
    const span = '/trace/5b8aa5a2d2c872e8?uiFind=00f067aa0ba902b7';
    assert.equal(of('http://localhost:16686'), `http://localhost:16686${span}`);
    assert.equal(of('https://me:secret@jaeger.dev/base/'), `https://jaeger.dev/base${span}`);
    assert.equal(of('javascript:alert(1)'), undefined);
  });

  for (const { kind, editor } of editorSources) {
    describe(`${kind} in the editor`, () => {
      it('is a choice of the setting, explained, and an entry of the picker, marked while chosen', () => {
        assert.ok(settings['spanhop.source'].values?.includes(kind));
        const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as object;
        assert.ok(`setting.source.${kind}` in texts);
        const chosen: SettingReader<Settings> = (id) =>
          id === 'spanhop.source' ? (kind as Settings[typeof id]) : defaults(id);
        const items = sourceItems(chosen);
        const own = items.find(({ source }) => source.kind === kind);
        assert.ok(own?.label.includes(editor.label()) && own.detail.length > 10);
        const marked = items.filter(({ description }) => description !== undefined);
        assert.deepEqual(marked, [own]);
      });

      it('has its settings and commands among those that package.json is held to', () => {
        for (const [id, entry] of Object.entries(editor.settings))
          assert.equal(settings[id as keyof Settings], entry, id);
        const { address, secret } = editor;
        const own = [address?.command ?? [], Object.values(secret?.commands ?? {})].flat();
        for (const id of own) assert.equal(commands[id].palette, 'true', id);
      });

      it('is read by its defaults, names where it reads from, and asks only what can be answered', () => {
        const network = {
          proxy: '',
          usesProxy: true,
          noProxy: [],
          strictSsl: true,
          systemCertificates: true,
        };
        const given = { setting: defaults, secrets: {}, databasePath: 'traces.db', network };
        const read = editor.read(given);
        assert.equal(read.kind, kind);
        assert.notEqual(editor.place(defaults), '');
        const question = editor.address?.question(defaults);
        assert.equal(question?.check(question.value ?? ''), undefined);
        for (const id of Object.keys(editor.address?.settings(question?.value ?? '') ?? {}))
          assert.ok(id in editor.settings, id);
      });
    });
  }

  it('that the receiver fills is the default, and the only one of its kind', () => {
    const receiving = editorSources.filter(({ editor }) => editor.receives === true);
    assert.deepEqual(
      receiving.map(({ kind }) => kind),
      [settings['spanhop.source'].default],
    );
  });

  for (const { kind, commandLine } of commandLineSources) {
    const flags = Object.entries(commandLine.flags);

    it(`${kind} on the command line is in the help and read from its flags or argument`, () => {
      for (const [name, flag] of flags)
        assert.ok(help.includes(`  --${name} ${flag.value} `) && help.includes(flag.help), name);
      if (commandLine.argument) assert.ok(help.includes(commandLine.argument.help));
      const args = commandLine.argument
        ? ['trace.json']
        : flags.map(([name, { value }]) => `--${name}=${exampleOf(value)}`);
      const line = readCommandLine(['endpoints', ...args], () => false);
      assert.ok(line.command === 'endpoints');
      assert.equal(line.source.kind, kind);
    });

    it(`${kind} goes with no other source, and its further flags with no other`, () => {
      const others = commandLineSources.filter((other) => other.kind !== kind);
      const naming = (source: CommandLineSource) => {
        const [first] = Object.entries(source.commandLine.flags);
        return first ? `--${first[0]}=${exampleOf(first[1].value)}` : 'trace.json';
      };
      const read = (...args: string[]) => readCommandLine(['endpoints', ...args], () => false);
      for (const other of others) {
        const both = [{ kind, commandLine }, other].map(naming);
        assert.throws(() => read(...both), /Use only one trace source: .+ or .+\./);
        for (const [name, { value }] of flags.slice(1))
          assert.throws(
            () => read(naming(other), `--${name}=${exampleOf(value)}`),
            (error) => error instanceof UsageError && error.message.includes(`--${name} requires`),
          );
      }
    });

    it(`${kind} names flags where its errors name commands and settings`, () => {
      for (const [template, text] of Object.entries(commandLine.wording ?? {})) {
        assert.equal(wording[template], text);
        assert.doesNotMatch(text, /Spanhop:|in Settings|spanhop\./);
      }
    });
  }

  it('shares no flag with another', () => {
    const names = commandLineSources.flatMap(({ commandLine }) => Object.keys(commandLine.flags));
    assert.equal(new Set(names).size, names.length);
  });
});

describe("the extension's bundle", () => {
  it('carries what describes sources, and nothing that reads traces', async () => {
    const extension = bundles.find(({ entryPoints }) => 'extension' in (entryPoints ?? {}));
    const options = { ...common, ...extension, absWorkingDir: root, write: false } as const;
    const { metafile } = await build({ ...options, metafile: true });
    const carried = Object.keys(metafile.inputs).filter((path) => path.startsWith('src/sources/'));
    const light =
      /\/(registry|namedFile|cassandra\/cql\/contactPoint|http\/(origin|wording)|local\/(localDatabase|listenAddresses|receiverMessages)|\w+\/(descriptor|settings|commandLine))\.ts$/;
    assert.deepEqual(
      carried.filter((path) => !light.test(path)),
      [],
    );
    const imported = Object.values(metafile.inputs).flatMap(({ imports }) =>
      imports.map(({ path }) => path),
    );
    for (const path of ['node:http', 'node:https', 'node:sqlite'])
      assert.ok(!imported.includes(path), path);
  });
});
