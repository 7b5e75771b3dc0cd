import * as vscode from 'vscode';
import type { Log } from '../../core/ports.ts';
import { useMessages } from '../../core/base/message.ts';
import { startEngine } from '../../engine/client.ts';
import { startReceiver } from '../../engine/receiver.ts';
import { readWorkspaceSettings } from '../code/workspaceSettings.ts';
import { complain } from '../notices.ts';
import { readSetting } from '../settings/settings.ts';
import type { SourceSecrets } from '../settings/sourceSecrets.ts';
import { readSourceSettings, sourceInUse } from '../settings/sourceSettings.ts';
import { EngineSession } from './engineSession.ts';
import { LocalReceiver, receiverSentence } from './localReceiver.ts';

interface Places {
  readonly extensionUri: vscode.Uri;
  /** The extension's global storage: one database for every window. */
  readonly storage: vscode.Uri;
  readonly log: Log;
}

/** The engine in its worker; it starts with the first call. Spanhop's own sentences follow the editor's language. */
export function openEngine(places: Places & { readonly secrets: SourceSecrets }): EngineSession {
  const { extensionUri, storage, secrets, log } = places;
  const messages = vscode.l10n.bundle ?? {};
  useMessages(messages);
  return new EngineSession({
    log,
    start: (onEvent) =>
      startEngine({
        workerPath: bundled(extensionUri, 'engineWorker.cjs'),
        extractWorkerPath: bundled(extensionUri, 'extractWorker.cjs'),
        messages,
        log,
        onEvent,
      }),
    readSource: () => readSourceSettings(databasePath(storage), secrets),
    readWorkspace: () => readWorkspaceSettings(storage),
  });
}

/** The OTLP receiver in its worker; it starts once activation is over, while the source is one that it fills. */
export function openReceiver(places: Places & { readonly onSpans: () => void }): LocalReceiver {
  const { extensionUri, storage, log, onSpans } = places;
  return new LocalReceiver({
    isWanted: () => sourceInUse().editor.receives === true,
    start: (onState) =>
      startReceiver({
        workerPath: bundled(extensionUri, 'receiverWorker.cjs'),
        databasePath: databasePath(storage),
        port: readSetting('spanhop.localStore.port'),
        host: readSetting('spanhop.localStore.host'),
        maxBytes: readSetting('spanhop.localStore.maxMegabytes') * 1_000_000,
        maxAgeHours: readSetting('spanhop.localStore.maxAgeHours'),
        messages: vscode.l10n.bundle ?? {},
        log,
        onState: (state) => {
          const sentence = receiverSentence(state);
          if (sentence !== '') log.info(sentence);
          onState(state);
        },
        onNotice: (sentence) => void complain(sentence),
        onSpans,
      }),
  });
}

const bundled = (extensionUri: vscode.Uri, file: string) =>
  vscode.Uri.joinPath(extensionUri, 'dist', file).fsPath;
const databasePath = (storage: vscode.Uri) => vscode.Uri.joinPath(storage, 'traces.db').fsPath;
