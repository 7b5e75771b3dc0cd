import * as vscode from 'vscode';
import { extensionId } from '../../core/extensionId.ts';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { formatLastWindow } from '../../core/base/timeText.ts';
import type { Log } from '../../core/ports.ts';
import { registerCommand, runCommand } from '../commands.ts';
import { lensModes, type PlainCommand, type Settings } from '../contributions.ts';
import type { ReceiverState } from '../../engine/receiver.ts';
import type { LocalReceiver } from '../engine/localReceiver.ts';
import type { FigureFeed } from '../figures/figureFeed.ts';
import { currentMark, withoutIcons } from '../labels.ts';
import { pickWindow } from '../pickWindow.ts';
import { readSetting, writeSetting } from '../settings/settings.ts';
import { sourceInUse } from '../settings/sourceSettings.ts';
import { statusFor, type ErrorStatus } from './statusFor.ts';

export interface MenuOptions {
  readonly feed: FigureFeed;
  readonly receiver: LocalReceiver;
  readonly log: Log & { show(): void };
}

interface Entry extends vscode.QuickPickItem {
  readonly run?: PlainCommand;
}

/** The menu of the status bar, and the choices it leads to. */
export function registerMenu(options: MenuOptions): Disposable {
  const { log } = options;
  const owned = new DisposableStore();
  owned.add(
    registerCommand('spanhop.showMenu', log, async () => {
      const chosen = await vscode.window.showQuickPick(entriesOf(options), { title: 'Spanhop' });
      if (chosen?.run) await runCommand(chosen.run);
    }),
  );
  owned.add(registerCommand('spanhop.chooseWindow', log, chooseWindow));
  owned.add(registerCommand('spanhop.chooseLensMode', log, chooseLensMode));
  owned.add(registerCommand('spanhop.showLog', log, () => log.show()));
  owned.add(
    registerCommand('spanhop.openSettings', log, async () => {
      await vscode.commands.executeCommand('workbench.action.openSettings', `@ext:${extensionId}`);
    }),
  );
  owned.add(
    registerCommand('spanhop.openWalkthrough', log, async () => {
      const id = `${extensionId}#spanhop.start`;
      await vscode.commands.executeCommand('workbench.action.openWalkthrough', id, false);
    }),
  );
  return owned;
}

function entriesOf({ feed, receiver }: MenuOptions): Entry[] {
  const { editor } = sourceInUse();
  const { error, busy, sampling } = feed.state;
  const trouble = error === undefined ? [] : [remedyEntry(statusFor(error))];
  const entry = (icon: string, label: string, description: string, run: PlainCommand): Entry => ({
    label: `$(${icon}) ${label}`,
    description,
    run,
  });
  const separator: Entry = { label: '', kind: vscode.QuickPickItemKind.Separator };
  return [
    ...trouble,
    ...(editor.receives === true ? receiverEntries(receiver.state) : []),
    ...(busy || sampling
      ? [entry('stop-circle', vscode.l10n.t('Cancel loading'), '', 'spanhop.cancel')]
      : []),
    entry('refresh', vscode.l10n.t('Refresh'), '', 'spanhop.refresh'),
    entry(
      'history',
      vscode.l10n.t('Time range'),
      formatLastWindow(readSetting('spanhop.windowMinutes')),
      'spanhop.chooseWindow',
    ),
    entry(
      'eye',
      vscode.l10n.t('CodeLens'),
      lensModeNames()[readSetting('spanhop.lens.mode')].label,
      'spanhop.chooseLensMode',
    ),
    entry(
      'database',
      vscode.l10n.t('Trace source'),
      withoutIcons(editor.place(readSetting)),
      'spanhop.chooseSource',
    ),
    separator,
    entry('question', vscode.l10n.t('Which endpoint is this?'), '', 'spanhop.whichEndpoint'),
    entry('search', vscode.l10n.t('Search traces'), '', 'spanhop.searchTraces'),
    entry('checklist', vscode.l10n.t('Mapping report'), '', 'spanhop.readMapping'),
    entry('go-to-file', vscode.l10n.t('Open trace by ID'), '', 'spanhop.openTrace'),
    ...(editor.receives === true
      ? [entry('copy', vscode.l10n.t('Copy exporter settings'), '', 'spanhop.copyExporterSettings')]
      : []),
    separator,
    entry('settings-gear', vscode.l10n.t('Settings'), '', 'spanhop.openSettings'),
    entry('output', vscode.l10n.t('Show log'), '', 'spanhop.showLog'),
    entry('book', vscode.l10n.t('Get started'), '', 'spanhop.openWalkthrough'),
  ];
}

/** What to do where the receiver doesn't listen as the settings say. */
function receiverEntries(state: ReceiverState | undefined): Entry[] {
  const entry = (label: string, sentence: string, run: PlainCommand): Entry => ({
    label: `$(warning) ${label}`,
    detail: withoutIcons(sentence),
    run,
  });
  if (state?.kind === 'portTaken')
    return [entry(vscode.l10n.t('Change port'), state.message, 'spanhop.choosePort')];
  if (state?.kind === 'listening' && state.problem !== undefined)
    return [entry(vscode.l10n.t('Change address'), state.problem, 'spanhop.openSettings')];
  return [];
}

function remedyEntry({ sentence, remedy }: ErrorStatus): Entry {
  const { secret } = sourceInUse().editor;
  const chooseSource: [string, PlainCommand] = [
    vscode.l10n.t('Select a trace source'),
    'spanhop.chooseSource',
  ];
  const remedies: Record<ErrorStatus['remedy'], [string, PlainCommand]> = {
    source: chooseSource,
    secret: secret ? [secret.remedy(), secret.commands.set] : chooseSource,
    window: [vscode.l10n.t('Choose a shorter time range'), 'spanhop.chooseWindow'],
    log: [vscode.l10n.t('Show log'), 'spanhop.showLog'],
  };
  const [label, run] = remedies[remedy];
  return { label: `$(warning) ${label}`, detail: withoutIcons(sentence), run };
}

async function chooseWindow(): Promise<void> {
  const minutes = await pickWindow(readSetting('spanhop.windowMinutes'));
  if (minutes !== undefined) await writeSetting('spanhop.windowMinutes', minutes);
}

const lensModeNames = (): Record<
  Settings['spanhop.lens.mode'],
  { label: string; detail: string }
> => ({
  full: {
    label: vscode.l10n.t('All handlers'),
    detail: vscode.l10n.t('Above each handler with traces'),
  },
  slowOnly: {
    label: vscode.l10n.t('Slow handlers only'),
    detail: vscode.l10n.t('Above handlers whose p95 is at or over spanhop.lens.slowMilliseconds'),
  },
  hoverOnly: {
    label: vscode.l10n.t('Hover only'),
    detail: vscode.l10n.t('Metrics in the hover only'),
  },
  off: { label: vscode.l10n.t('Off'), detail: vscode.l10n.t('No CodeLens, no hover') },
});

async function chooseLensMode(): Promise<void> {
  const current = readSetting('spanhop.lens.mode');
  const names = lensModeNames();
  const items = lensModes.map((mode) => ({
    ...names[mode],
    ...currentMark(mode === current),
    mode,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('CodeLens') });
  if (chosen) await writeSetting('spanhop.lens.mode', chosen.mode);
}
