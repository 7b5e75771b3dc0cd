import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import * as vscode from 'vscode';

import { extensionId } from '../../../src/core/extensionId.ts';
import { commands, settings, type SettingId } from '../../../src/host/contributions.ts';

const extension = () => {
  const found = vscode.extensions.getExtension(extensionId);
  assert.ok(found, 'the packed extension is installed');
  return found;
};

describe('the packed extension', () => {
  it('is awake in a workspace of services, before any file is shown', async () => {
    assert.equal(vscode.window.visibleTextEditors.length, 0);
    for (let tries = 0; tries < 100 && !extension().isActive; tries++) await wait(100);
    assert.equal(extension().isActive, true);
    assert.equal(extension().extensionKind, vscode.ExtensionKind.Workspace);
  });

  it('registers every command of its manifest', async () => {
    const all = new Set(await vscode.commands.getCommands(true));
    for (const id of Object.keys(commands)) assert.ok(all.has(id), id);
  });

  it('contributes every setting with its default', () => {
    for (const [id, entry] of Object.entries(settings) as [SettingId, { default: unknown }][]) {
      const shown = vscode.workspace.getConfiguration().inspect(id);
      assert.deepEqual(shown?.defaultValue, entry.default, id);
    }
  });

  it('holds no source, test or map', async () => {
    const files: string[] = [];
    const walk = async (folder: vscode.Uri): Promise<void> => {
      for (const [name, type] of await vscode.workspace.fs.readDirectory(folder)) {
        const path = vscode.Uri.joinPath(folder, name);
        if (type === vscode.FileType.Directory) await walk(path);
        else files.push(path.path);
      }
    };
    await walk(extension().extensionUri);
    assert.ok(files.some((path) => path.endsWith('/dist/extension.cjs')));
    assert.deepEqual(
      files.filter((path) => /\.(ts|tsx|map)$|node_modules|\/test\//.test(path)),
      [],
    );
  });
});
