import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { Log } from '../../core/ports.ts';
import { editorSources, type EditorSource } from '../../sources/registry.ts';
import type { Question } from '../../sources/sourceDescriptor.ts';
import { registerCommand } from '../commands.ts';
import { settings, type PlainCommand, type SettingId, type Settings } from '../contributions.ts';
import { inform } from '../notices.ts';
import { copyExporterSettings } from './exporterSettings.ts';
import { readSetting, writeSetting } from './settings.ts';
import type { SourceSecrets } from './sourceSecrets.ts';
import { sourceItems } from './sourceItems.ts';

type Address = NonNullable<EditorSource['editor']['address']>;
type Secret = NonNullable<EditorSource['editor']['secret']>;

/** Choosing where traces come from: the source, its address, its secrets, the receiver's port. */
export function registerSourceCommands(secrets: SourceSecrets, log: Log): Disposable {
  const owned = new DisposableStore();
  const register = (id: PlainCommand, run: () => Promise<void>) =>
    owned.add(registerCommand(id, log, run));
  register('spanhop.chooseSource', chooseSource);
  register('spanhop.choosePort', choosePort);
  register('spanhop.copyExporterSettings', copyExporterSettings);
  for (const { address, secret } of editorSources.map(({ editor }) => editor)) {
    if (address)
      register(address.command, async () => {
        await askAddress(address);
      });
    if (!secret) continue;
    register(secret.commands.set, () => askSecret(secret, secrets));
    register(secret.commands.remove, () => removeSecrets(secret, secrets));
  }
  return owned;
}

async function chooseSource(): Promise<void> {
  const title = vscode.l10n.t('Trace source');
  const chosen = await vscode.window.showQuickPick(sourceItems(readSetting), { title });
  if (!chosen) return;
  const { kind, editor } = chosen.source;
  if (editor.address && !(await askAddress(editor.address))) return;
  await writeSetting('spanhop.source', kind);
}

/** @returns false when the question was closed. */
async function askAddress(address: Address): Promise<boolean> {
  const answer = await ask(address.question(readSetting));
  if (answer === undefined) return false;
  for (const [id, value] of Object.entries(address.settings(answer)))
    await writeChanged(id as SettingId, value);
  return true;
}

async function writeChanged<Id extends SettingId>(id: Id, value: Settings[Id]): Promise<void> {
  if (JSON.stringify(value) !== JSON.stringify(readSetting(id))) await writeSetting(id, value);
}

async function askSecret(secret: Secret, secrets: SourceSecrets): Promise<void> {
  const boundTo = serverOf(secret);
  const name = typeof secret.name === 'string' ? secret.name : await ask(secret.name(boundTo));
  if (name === undefined) return;
  const value = await ask(secret.value(boundTo, name));
  if (value !== undefined) await secrets.set(secret.storedAs, boundTo, name, value);
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
