import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { markdownSummary } from '../../core/explain/markdownSummary.ts';
import type { Log } from '../../core/ports.ts';
import { registerCommand } from '../commands.ts';
import { workspaceFolders } from '../editor/openCode.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { inform } from '../notices.ts';
import { shownPath, workspacePath } from '../paths.ts';
import type { Waterfalls } from '../waterfall/waterfalls.ts';
import { saveFile } from './saveFile.ts';
import { choosePictureFormat, savePicture } from './savePicture.ts';
import { suggestedName } from './suggestedName.ts';

export interface ExportCommandsOptions {
  readonly engine: EngineSession;
  readonly waterfalls: Waterfalls;
  readonly log: Log;
}

/** Giving the trace of the waterfall that was looked at last to others. */
export function registerExportCommands({
  engine,
  waterfalls,
  log,
}: ExportCommandsOptions): Disposable {
  const owned = new DisposableStore();
  const waterfall = () => {
    const open = waterfalls.latest;
    if (open === undefined) void inform(vscode.l10n.t('Open a trace first.'));
    return open;
  };
  owned.add(
    registerCommand('spanhop.saveTrace', log, async () => {
      const open = waterfall();
      if (open) await saveTrace(open.traceId, engine);
    }),
  );
  owned.add(
    registerCommand('spanhop.savePicture', log, async () => {
      const open = waterfall();
      const format = open && (await choosePictureFormat());
      if (format) await savePicture(open, format);
    }),
  );
  owned.add(
    registerCommand('spanhop.copyTraceSummary', log, async () => {
      const open = waterfall();
      if (!open) return;
      const facts = await engine.call('traceFacts', { traceId: open.traceId });
      const folders = workspaceFolders();
      const text = markdownSummary(
        facts,
        ({ path, line }) => `${shownPath(workspacePath(path), folders)}:${line}`,
      );
      await vscode.env.clipboard.writeText(text);
      vscode.window.setStatusBarMessage(vscode.l10n.t('Copied.'), shownMs);
    }),
  );
  return owned;
}

const shownMs = 4_000;

async function saveTrace(traceId: string, engine: EngineSession): Promise<void> {
  const chosen = await vscode.window.showQuickPick(
    [
      {
        format: 'jaeger' as const,
        label: 'Jaeger JSON',
        detail: vscode.l10n.t('Opens in Spanhop and Jaeger UI'),
      },
      {
        format: 'otlp' as const,
        label: 'OTLP JSON',
        detail: vscode.l10n.t(
          'Opens in Spanhop and tools that read OTLP; keeps lists, and durations to the nanosecond',
        ),
      },
    ],
    { title: vscode.l10n.t('Save Trace As') },
  );
  if (!chosen) return;
  const { operation } = await engine.call('traceFacts', { traceId });
  await saveFile(
    {
      title: vscode.l10n.t('Save Trace As'),
      name: suggestedName(operation),
      filters: { JSON: ['json'] },
    },
    ({ fsPath }) => engine.call('saveTrace', { traceId, format: chosen.format, path: fsPath }),
  );
}
