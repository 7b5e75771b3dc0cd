import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import { validSetting } from '../../core/base/setting.ts';
import { settings, type SettingId, type Settings } from '../contributions.ts';

/** The setting's value, brought into what Spanhop accepts. */
export function readSetting<Id extends SettingId>(id: Id): Settings[Id] {
  return validSetting(settings[id], vscode.workspace.getConfiguration().get<unknown>(id));
}

/** Whether anyone has set it: for all windows, for this workspace or in a folder. */
export function isSettingSet(id: SettingId): boolean {
  const set = vscode.workspace.getConfiguration().inspect(id);
  return [set?.globalValue, set?.workspaceValue, set?.workspaceFolderValue].some(
    (value) => value !== undefined,
  );
}

/** Writes the setting where it is set now (folder settings aside), else for the user. */
export async function writeSetting<Id extends SettingId>(
  id: Id,
  value: Settings[Id],
): Promise<void> {
  const configuration = vscode.workspace.getConfiguration();
  const inWorkspace = configuration.inspect(id)?.workspaceValue !== undefined;
  const target = inWorkspace
    ? vscode.ConfigurationTarget.Workspace
    : vscode.ConfigurationTarget.Global;
  await configuration.update(id, value, target);
}

/** Writes a setting that is about this workspace's folders: for another it would be wrong. */
export async function writeWorkspaceSetting<Id extends SettingId>(
  id: Id,
  value: Settings[Id],
): Promise<void> {
  const target = vscode.ConfigurationTarget.Workspace;
  await vscode.workspace.getConfiguration().update(id, value, target);
}

/**
 * Calls back when one of the settings changes; a prefix (`spanhop.lens`) stands for all below it. A function says
 * which they are once something has changed.
 */
export function onSettingsChange(
  prefixes: readonly string[] | (() => readonly string[]),
  changed: () => void,
): Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    const watched = typeof prefixes === 'function' ? prefixes() : prefixes;
    if (watched.some((prefix) => event.affectsConfiguration(prefix))) changed();
  });
}

/** Globs of `files.exclude` that are on. */
export function excludedGlobs(): readonly string[] {
  const exclude = vscode.workspace
    .getConfiguration('files', null)
    .get<Record<string, unknown>>('exclude');
  return Object.entries(exclude ?? {}).flatMap(([glob, on]) => (on === true ? [glob] : []));
}
