import * as vscode from 'vscode';
import type { Disposable } from '../../core/base/disposable.ts';
import { visibleText } from '../../core/base/visibleText.ts';
import type { Log } from '../../core/ports.ts';
import { registerCommand } from '../commands.ts';
import { workspaceFolders } from '../editor/openCode.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { withoutIcons } from '../labels.ts';
import { shownPath, workspacePath } from '../paths.ts';
import { readSetting, writeWorkspaceSetting } from '../settings/settings.ts';
import { serviceFolderSetting } from './serviceFolders.ts';
import { inform } from '../notices.ts';

/** Corrects which folder is which service: writes `spanhop.services`. */
export function registerServiceFolderCommand(engine: EngineSession, log: Log): Disposable {
  return registerCommand('spanhop.setServiceFolder', log, async (target) => {
    if (workspaceFolders().length === 0) {
      void inform(vscode.l10n.t('Open the folder with the code first.'));
      return;
    }
    const service = target?.service ?? (await pickService(engine));
    if (service === undefined) return;
    const [folder] =
      (await vscode.window.showOpenDialog({
        title: vscode.l10n.t('Folder of {0}', visibleText(service)),
        openLabel: vscode.l10n.t('Use This Folder'),
        canSelectFiles: false,
        canSelectFolders: true,
        ...defaultFolder(),
      })) ?? [];
    if (!folder) return;
    const setting = serviceFolderSetting(workspacePath(folder.fsPath), workspaceFolders());
    await writeWorkspaceSetting('spanhop.services', {
      ...readSetting('spanhop.services'),
      [service]: setting,
    });
  });
}

function defaultFolder(): { defaultUri?: vscode.Uri } {
  const uri = vscode.workspace.workspaceFolders?.[0]?.uri;
  return uri ? { defaultUri: uri } : {};
}

async function pickService(engine: EngineSession): Promise<string | undefined> {
  const folders = await engine.call('serviceFolders', {});
  if (folders.length === 0) {
    void inform(vscode.l10n.t('No services yet. A service appears with its first trace.'));
    return undefined;
  }
  const items = folders.map(({ service, folder, evidence }) => ({
    label: withoutIcons(visibleText(service)),
    description:
      folder === undefined
        ? vscode.l10n.t('No folder found')
        : shownPath(folder, workspaceFolders()),
    detail: withoutIcons(evidence),
    service,
  }));
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Service'),
    placeHolder: vscode.l10n.t('Select a service to choose its folder'),
    matchOnDescription: true,
  });
  return chosen?.service;
}
