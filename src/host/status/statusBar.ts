import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { EngineEvents } from '../../engine/methods.ts';
import type { EngineSession, OpenedSource } from '../engine/engineSession.ts';
import type { LocalReceiver } from '../engine/localReceiver.ts';
import type { FigureFeed } from '../figures/figureFeed.ts';
import { escapedMarkdown } from '../labels.ts';
import { LongWork } from '../longWork.ts';
import { onSettingsChange, readSetting } from '../settings/settings.ts';
import { sourceInUse } from '../settings/sourceSettings.ts';
import { shownStatus, type ShownStatus } from './shownStatus.ts';
import type { CommandId } from '../contributions.ts';

export interface StatusBarOptions {
  readonly engine: EngineSession;
  readonly feed: FigureFeed;
  readonly receiver: LocalReceiver;
}

/** A source that answers soon is not worth a word. */
const patienceMs = 1_500;

/** One item: source, health and window. Its menu leads everywhere else. */
export function showStatusBar({ engine, feed, receiver }: StatusBarOptions): Disposable {
  const owned = new DisposableStore();
  const item = owned.add(
    vscode.window.createStatusBarItem('spanhop.status', vscode.StatusBarAlignment.Right, 100),
  );
  let source: OpenedSource | undefined;
  let indexing: EngineEvents['indexProgress'] | undefined;
  const draw = () => {
    const { label, receives } = sourceInUse().editor;
    const shown = shownStatus({
      name: label(),
      source,
      windowMinutes: readSetting('spanhop.windowMinutes'),
      figures: feed.state,
      receiver: receives === true ? receiver.state : undefined,
      indexing,
      isLong: reading.isLong,
    });
    item.text = `$(${shown.icon}) ${shown.text}`;
    item.tooltip = tooltipOf(shown);
    item.backgroundColor = shown.warns
      ? new vscode.ThemeColor('statusBarItem.warningBackground')
      : undefined;
    item.accessibilityInformation = { label: `Spanhop: ${shown.text}` };
  };
  const reading = owned.add(new LongWork(patienceMs, draw));
  item.name = 'Spanhop';
  item.command = 'spanhop.showMenu' satisfies CommandId;
  owned.add(
    engine.onSourceChange((opened) => {
      source = opened;
      draw();
    }),
  );
  owned.add(
    engine.onIndexProgress((progress) => {
      indexing = progress;
      draw();
    }),
  );
  owned.add(
    feed.onChange(({ busy, sampling }) => {
      reading.follow(busy || sampling);
      draw();
    }),
  );
  owned.add(receiver.onChange(draw));
  owned.add(onSettingsChange(['spanhop'], draw));
  draw();
  item.show();
  return owned;
}

function tooltipOf({ lines }: ShownStatus): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString('**Spanhop**');
  for (const line of lines) tooltip.appendMarkdown(`\n\n${escapedMarkdown(line)}`);
  return tooltip;
}
