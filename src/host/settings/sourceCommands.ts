import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/ports.ts';
import { extensionId } from '../../core/extensionId.ts';
import { editorSources, type EditorSource } from '../../sources/registry.ts';
import type { Question } from '../../sources/sourceDescriptor.ts';
import { registerCommand } from '../commands.ts';
import { settings, type PlainCommand, type SettingId, type Settings } from '../contributions.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { withoutIcons } from '../labels.ts';
import { complain, inform } from '../notices.ts';
import { connectSource, type Dialogue } from './connectSource.ts';
import { copyExporterSettings } from './exporterSettings.ts';
import { readNetwork } from './network.ts';
import { readSetting, writeSetting } from './settings.ts';
import { sourceItems } from './sourceItems.ts';
import type { SourceSecrets } from './sourceSecrets.ts';

type Secret = NonNullable<EditorSource['editor']['secret']>;

export interface SourceCommandsOptions {
  readonly engine: EngineSession;
  readonly secrets: SourceSecrets;
  readonly log: Log;
}

/** Choosing where traces come from: the source, its address, its secrets, the receiver's port. */
export function registerSourceCommands(options: SourceCommandsOptions): Disposable {
  const { secrets, log } = options;
  const owned = new DisposableStore();
  const register = (id: PlainCommand, run: () => Promise<void>) =>
    owned.add(registerCommand(id, log, run));
  register('spanhop.chooseSource', () => chooseSource(options));
  register('spanhop.choosePort', choosePort);
  register('spanhop.copyExporterSettings', copyExporterSettings);
  for (const source of editorSources) {
    const { address, secret } = source.editor;
    if (address)
      register(address.command, async () => {
        await connect(source, options);
      });
    if (!secret) continue;
    register(secret.commands.set, () => askSecret(secret, secrets));
    register(secret.commands.remove, () => removeSecrets(secret, secrets));
  }
  return owned;
}

async function chooseSource(options: SourceCommandsOptions): Promise<void> {
  const title = vscode.l10n.t('Trace source');
  const chosen = await vscode.window.showQuickPick(sourceItems(readSetting), { title });
  if (chosen && (await connect(chosen.source, options)))
    await writeSetting('spanhop.source', chosen.source.kind);
}

/** @returns false when a question was closed */
const connect = (
  { kind, editor }: EditorSource,
  { engine, secrets }: SourceCommandsOptions,
): Promise<boolean> => {
  const openSettings = async () => {
    const query = `@ext:${extensionId} ${kind}`;
    await vscode.commands.executeCommand('workbench.action.openSettings', query);
  };
  return connectSource(editor, {
    setting: readSetting,
    secrets,
    network: readNetwork(),
    ask,
    pick: async (title, labels) => {
      const items = labels.map((label, index) => ({ label: withoutIcons(label), index }));
      return (await vscode.window.showQuickPick(items, { title, ignoreFocusOut: true }))?.index;
    },
    complain,
    inform: (text) => void informOf(text, openSettings),
    discover: (title, found) =>
      whileShown(title, (signal) => engine.call('discoverSource', found, signal)),
    write: writeChanged,
    openSettings,
  });
};

/** With a button, a notification is as high as its text. */
async function informOf(text: string, openSettings: () => Promise<void>): Promise<void> {
  const open = vscode.l10n.t('Open Settings');
  if ((await inform(text, open)) === open) await openSettings();
}

/** A notification with a way to cancel, while `work` lasts. */
async function whileShown<T>(title: string, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const location = vscode.ProgressLocation.Notification;
  return vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
    const stop = new AbortController();
    const listening = token.onCancellationRequested(() => stop.abort());
    try {
      return await work(stop.signal);
    } finally {
      listening.dispose();
    }
  });
}

const writeChanged: Dialogue['write'] = async (values) => {
  for (const [id, value] of Object.entries(values) as [SettingId, Settings[SettingId]][])
    if (JSON.stringify(value) !== JSON.stringify(readSetting(id))) await writeSetting(id, value);
};

async function askSecret(secret: Secret, secrets: SourceSecrets): Promise<void> {
  const boundTo = serverOf(secret);
  const name = await ask(secret.name(boundTo, readSetting));
  if (name === undefined) return;
  const value = await ask(secret.value(boundTo, name));
  if (value === undefined) return;
  await secrets.set(secret.storedAs, boundTo, name.trim(), value);
  await writeChanged(secret.settings?.(name) ?? {});
}

async function removeSecrets(secret: Secret, secrets: SourceSecrets): Promise<void> {
  const boundTo = serverOf(secret);
  await secrets.clear(secret.storedAs, boundTo);
  void inform(secret.removed(boundTo));
}

function serverOf(secret: Secret): string {
  const boundTo = secret.boundTo(readSetting);
  if (boundTo === undefined) throw new Error(secret.unbound(readSetting));
  return boundTo;
}

/** @returns undefined when the question was closed. */
async function ask({ check, ...shown }: Question): Promise<string | undefined> {
  // A secret is often copied from elsewhere: the question waits for it.
  const ignoreFocusOut = shown.password === true;
  return vscode.window.showInputBox({ ...shown, ignoreFocusOut, validateInput: check });
}

async function choosePort(): Promise<void> {
  const { minimum = 1, maximum = 65_535 } = settings['spanhop.localStore.port'];
  const text = await ask({
    title: vscode.l10n.t('OTLP Port'),
    prompt: vscode.l10n.t('Services must export to the same port'),
    value: String(readSetting('spanhop.localStore.port') + 1),
    check: (value) =>
      /^\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum
        ? undefined
        : vscode.l10n.t('Enter a whole number from {0} to {1}.', minimum, maximum),
  });
  if (text !== undefined) await writeSetting('spanhop.localStore.port', Number(text));
}
