import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { isHeaderName, isHeaderValue } from '../../core/base/httpHeader.ts';
import type { Log } from '../../core/ports.ts';
import { registerCommand } from '../commands.ts';
import { settings } from '../contributions.ts';
import { currentMark } from '../labels.ts';
import type { JaegerHeaders } from './jaegerHeaders.ts';
import { copyExporterSettings } from './exporterSettings.ts';
import { originOf, shownUrl } from './origin.ts';
import { readSetting, writeSetting } from './settings.ts';
import { inform } from '../notices.ts';

/** Choosing where traces come from: the source, its address, its headers, the receiver's port. */
export function registerSourceCommands(headers: JaegerHeaders, log: Log): Disposable {
  const owned = new DisposableStore();
  owned.add(registerCommand('spanhop.chooseSource', log, chooseSource));
  owned.add(
    registerCommand('spanhop.setJaegerUrl', log, async () => {
      await askJaegerUrl();
    }),
  );
  owned.add(registerCommand('spanhop.setJaegerHeader', log, () => setHeader(headers)));
  owned.add(registerCommand('spanhop.removeJaegerHeaders', log, () => removeHeaders(headers)));
  owned.add(registerCommand('spanhop.choosePort', log, choosePort));
  owned.add(registerCommand('spanhop.copyExporterSettings', log, copyExporterSettings));
  return owned;
}

async function chooseSource(): Promise<void> {
  const current = readSetting('spanhop.source');
  const items = [
    {
      label: `$(database) ${vscode.l10n.t('Local traces')}`,
      detail: vscode.l10n.t(
        'Receives OTLP at http://127.0.0.1:{0} and keeps traces on this machine',
        readSetting('spanhop.localStore.port'),
      ),
      ...currentMark(current === 'local'),
      source: 'local' as const,
    },
    {
      label: '$(globe) Jaeger',
      detail: vscode.l10n.t('Reads traces from {0}', shownUrl(readSetting('spanhop.jaeger.url'))),
      ...currentMark(current === 'jaeger'),
      source: 'jaeger' as const,
    },
  ];
  const title = vscode.l10n.t('Trace source');
  const chosen = await vscode.window.showQuickPick(items, { title });
  if (!chosen || (chosen.source === 'jaeger' && !(await askJaegerUrl()))) return;
  await writeSetting('spanhop.source', chosen.source);
}

/** @returns false when the question was closed. */
async function askJaegerUrl(): Promise<boolean> {
  const url = await vscode.window.showInputBox({
    title: vscode.l10n.t('Jaeger URL'),
    prompt: vscode.l10n.t('URL of the Jaeger UI, with its base path if it has one'),
    value: readSetting('spanhop.jaeger.url'),
    placeHolder: settings['spanhop.jaeger.url'].default,
    validateInput: (value) =>
      originOf(value.trim()) === undefined
        ? vscode.l10n.t('Enter an http:// or https:// URL.')
        : undefined,
  });
  if (url === undefined) return false;
  if (url.trim() !== readSetting('spanhop.jaeger.url'))
    await writeSetting('spanhop.jaeger.url', url.trim());
  return true;
}

async function setHeader(headers: JaegerHeaders): Promise<void> {
  const origin = jaegerOrigin();
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Jaeger Header for {0} (1/2)', origin),
    prompt: vscode.l10n.t('Header name, such as Authorization or x-tenant'),
    value: 'Authorization',
    validateInput: (value) =>
      isHeaderName(value)
        ? undefined
        : vscode.l10n.t('Use letters, digits and dashes in a header name.'),
  });
  if (name === undefined) return;
  const value = await vscode.window.showInputBox({
    title: vscode.l10n.t('Jaeger Header for {0} (2/2)', origin),
    prompt: vscode.l10n.t(
      'Value of {0}, kept in secret storage and sent only to {1}',
      name,
      origin,
    ),
    password: true,
    ignoreFocusOut: true,
    validateInput: (text) =>
      isHeaderValue(text) ? undefined : vscode.l10n.t('Use printable ASCII text on one line.'),
  });
  if (value !== undefined) await headers.set(origin, name, value);
}

async function removeHeaders(headers: JaegerHeaders): Promise<void> {
  const origin = jaegerOrigin();
  await headers.clear(origin);
  void inform(vscode.l10n.t('Removed saved headers for {0}.', origin));
}

function jaegerOrigin(): string {
  const url = readSetting('spanhop.jaeger.url');
  const origin = originOf(url);
  if (origin !== undefined) return origin;
  throw new Error(vscode.l10n.t('Set the Jaeger URL first. Invalid URL: {0}.', shownUrl(url)));
}

async function choosePort(): Promise<void> {
  const { minimum = 1, maximum = 65_535 } = settings['spanhop.localStore.port'];
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('OTLP Port'),
    prompt: vscode.l10n.t('Services must export to the same port'),
    value: String(readSetting('spanhop.localStore.port') + 1),
    validateInput: (value) =>
      /^\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum
        ? undefined
        : vscode.l10n.t('Enter a whole number from {0} to {1}.', minimum, maximum),
  });
  if (text !== undefined) await writeSetting('spanhop.localStore.port', Number(text));
}
