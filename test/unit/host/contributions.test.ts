import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { validSetting } from '../../../src/core/base/setting.ts';
import {
  commands,
  contextKeys,
  itemKinds,
  settings,
  traceFileViewType,
  viewContainer,
  views,
  waterfallViewType,
} from '../../../src/host/contributions.ts';

interface MenuEntry {
  command?: string;
  submenu?: string;
  when?: string;
  group?: string;
}
interface Manifest {
  activationEvents: string[];
  capabilities: { untrustedWorkspaces: { restrictedConfigurations: string[] } };
  contributes: {
    viewsContainers: { activitybar: { id: string; icon: string }[] };
    views: Record<string, { id: string; icon: string; when?: string }[]>;
    viewsWelcome: { view: string; contents: string; when: string }[];
    commands: { command: string; title: string; category: string }[];
    customEditors: {
      viewType: string;
      selector: { filenamePattern: string }[];
      priority: string;
    }[];
    submenus: { id: string }[];
    menus: Record<string, MenuEntry[]>;
    keybindings: { command: string; when: string; args?: { commands?: string[] } }[];
    configuration: { properties: Record<string, Record<string, unknown>> }[];
    walkthroughs: { steps: { media: { svg: string }; completionEvents: string[] }[] }[];
  };
}

const root = new URL('../../../', import.meta.url);
const text = (path: string) => readFileSync(new URL(path, root), 'utf8');
const manifest = JSON.parse(text('package.json')) as Manifest;
const { contributes } = manifest;
const whens = [
  ...Object.values(contributes.menus).flat(),
  ...contributes.keybindings,
  ...contributes.viewsWelcome,
  ...Object.values(contributes.views).flat(),
].flatMap(({ when }) => when ?? []);

describe('package.json', () => {
  it('contributes the commands of the table, all of one category', () => {
    assert.deepEqual(
      contributes.commands.map(({ command }) => command).toSorted(),
      Object.keys(commands).toSorted(),
    );
    for (const { command, category, title } of contributes.commands) {
      assert.equal(category, 'Spanhop', command);
      assert.equal(title, `%command.${command.slice('spanhop.'.length)}%`);
    }
  });

  it('shows commands in the palette as the table says', () => {
    const hidden = Object.entries(commands).filter(([, { palette }]) => palette !== 'true');
    assert.deepEqual(
      Object.fromEntries(
        (contributes.menus['commandPalette'] ?? []).map(({ command, when }) => [command, when]),
      ),
      Object.fromEntries(hidden.map(([id, { palette }]) => [id, palette])),
    );
  });

  it('names only commands and submenus that exist in menus, key bindings, texts and steps', () => {
    const submenus = contributes.submenus.map(({ id }) => id);
    for (const [menu, entries] of Object.entries(contributes.menus)) {
      for (const { command, submenu } of entries) {
        assert.ok(command === undefined || command in commands, `${menu}: ${command ?? ''}`);
        assert.ok(submenu === undefined || submenus.includes(submenu), `${menu}: ${submenu ?? ''}`);
      }
    }
    for (const { command, args } of contributes.keybindings)
      for (const one of args?.commands ?? [command])
        assert.ok(one in commands || one.startsWith('list.'), one);
    const linked = ['package.nls.json', 'package.nls.ko.json', 'package.json'].flatMap((file) => [
      ...text(file).matchAll(/(?:command:|onCommand:)(spanhop\.[\w.]+)/g),
    ]);
    const known = new Set([...Object.keys(commands), `${views.endpoints}.focus`]);
    assert.ok(linked.length > 10);
    for (const [, command = ''] of linked) assert.ok(known.has(command), command);
  });

  it('contributes the settings of the table with their types, choices, limits and defaults', () => {
    const properties = Object.assign(
      {},
      ...contributes.configuration.map((section) => section.properties),
    ) as Record<string, Record<string, unknown>>;
    assert.deepEqual(Object.keys(properties).toSorted(), Object.keys(settings).toSorted());
    for (const [id, entry] of Object.entries(settings)) {
      const property = properties[id] ?? {};
      const { type, default: value, scope, values, minimum, maximum } = entry;
      assert.deepEqual(
        {
          type: property['type'],
          value: property['default'],
          scope: property['scope'],
          values: property['enum'],
          minimum: property['minimum'],
          maximum: property['maximum'],
        },
        { type, value, scope, values: values && [...values], minimum, maximum },
        id,
      );
      assert.equal(property['markdownDescription'], `%setting.${id.slice('spanhop.'.length)}%`);
    }
  });

  it('keeps untrusted workspaces from choosing where traces and services come from', () => {
    assert.deepEqual(
      manifest.capabilities.untrustedWorkspaces.restrictedConfigurations.toSorted(),
      Object.entries(settings)
        .filter(([, { restricted }]) => restricted)
        .map(([id]) => id)
        .toSorted(),
    );
    for (const id of ['spanhop.source', 'spanhop.jaeger.url'] as const)
      assert.ok(settings[id].restricted);
  });

  it('keeps every workspace from opening the receiver to the network', () => {
    assert.equal(settings['spanhop.localStore.host'].scope, 'machine');
    assert.equal(settings['spanhop.localStore.host'].default, '127.0.0.1');
  });

  it('contributes the views of the table in one container', () => {
    assert.deepEqual(
      contributes.viewsContainers.activitybar.map(({ id }) => id),
      [viewContainer],
    );
    assert.deepEqual(
      (contributes.views[viewContainer] ?? []).map(({ id }) => id).toSorted(),
      Object.values(views).toSorted(),
    );
    for (const { view } of contributes.viewsWelcome)
      assert.ok(Object.values<string>(views).includes(view), view);
    assert.ok(manifest.activationEvents.includes(`onWebviewPanel:${waterfallViewType}`));
  });

  it('opens trace files by their name, as the editor that comes first', () => {
    const [editor, ...others] = contributes.customEditors;
    assert.deepEqual(others, []);
    assert.equal(editor?.viewType, traceFileViewType);
    assert.deepEqual(editor.selector, [{ filenamePattern: '*.trace.json' }]);
    assert.equal(editor.priority, 'default');
  });

  it('uses the context keys, views and tree items of the tables, and uses each of them', () => {
    const known = new Set([
      ...Object.keys(contextKeys),
      ...Object.values<string>(views),
      ...Object.values<string>(itemKinds),
      waterfallViewType,
      traceFileViewType,
    ]);
    const used = new Set(whens.flatMap((when) => when.match(/\bspanhop\.\w+/g) ?? []));
    for (const name of used) {
      const isPattern = [...known].some((key) => key.startsWith(name));
      assert.ok(known.has(name) || isPattern, `${name} is in no table`);
    }
    for (const key of Object.keys(contextKeys)) assert.ok(used.has(key), `nothing uses ${key}`);
  });

  it('names only files that exist', () => {
    const media = contributes.walkthroughs.flatMap(({ steps }) =>
      steps.map((step) => step.media.svg),
    );
    const icons = [
      ...contributes.viewsContainers.activitybar.map(({ icon }) => icon),
      ...Object.values(contributes.views).flatMap((list) => list.map(({ icon }) => icon)),
    ];
    assert.equal(media.length, 3);
    for (const file of [...media, ...icons]) assert.ok(text(file).startsWith('<svg'), file);
  });

  it('has each of its texts in English and Korean, and no other', () => {
    const named = [...text('package.json').matchAll(/"%([\w.]+)%"/g)].map(([, key = '']) => key);
    const wanted = [...new Set(named)].toSorted();
    for (const file of ['package.nls.json', 'package.nls.ko.json'])
      assert.deepEqual(
        Object.keys(JSON.parse(text(file)) as object).toSorted(),
        wanted,
        `${file} and package.json differ`,
      );
  });
});

describe('a setting', () => {
  const { 'spanhop.localStore.port': port, 'spanhop.lens.mode': mode } = settings;

  it('of the wrong type or not among the choices is the default', () => {
    for (const value of ['loud', 7, undefined, null, {}])
      assert.equal(validSetting(mode, value), 'full');
    for (const value of ['4319', Number.NaN, undefined])
      assert.equal(validSetting(port, value), 4318);
    assert.equal(validSetting(settings['spanhop.windowMinutes'], 61), 60);
  });

  it('outside its range is brought into it, whole where it must be', () => {
    assert.equal(validSetting(port, 80), 1_024);
    assert.equal(validSetting(port, 1e9), 65_535);
    assert.equal(validSetting(port, 4_318.6), 4_319);
  });

  it('that maps names takes text only', () => {
    const { 'spanhop.services': services } = settings;
    assert.deepEqual(validSetting(services, { api: 'apps/api' }), { api: 'apps/api' });
    for (const value of [{ api: 1 }, ['apps/api'], 'apps/api', null])
      assert.deepEqual(validSetting(services, value), {});
  });
});
