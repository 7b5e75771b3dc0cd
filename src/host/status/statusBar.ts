import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { formatTimeOfDay, formatWindow } from '../../core/base/timeText.ts';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import type { EngineEvents } from '../../engine/methods.ts';
import type { EngineSession, OpenedSource } from '../engine/engineSession.ts';
import type { ReceiverState } from '../../engine/receiver.ts';
import { receiverSentence, type LocalReceiver } from '../engine/localReceiver.ts';
import type { FigureFeed } from '../figures/figureFeed.ts';
import { escapedMarkdown } from '../labels.ts';
import { LongWork } from '../longWork.ts';
import { onSettingsChange, readSetting } from '../settings/settings.ts';
import { sourceInUse } from '../settings/sourceSettings.ts';
import { statusFor } from './statusFor.ts';
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
    const shown = statusOf({
      source,
      indexing,
      feed,
      receiver: receiver.state,
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

interface ShownStatus {
  readonly icon: string;
  readonly text: string;
  readonly lines: readonly string[];
  readonly warns: boolean;
}

interface StatusParts {
  readonly source: OpenedSource | undefined;
  readonly indexing: EngineEvents['indexProgress'] | undefined;
  readonly feed: FigureFeed;
  readonly receiver: ReceiverState | undefined;
  /** Figures have been read for a while now. */
  readonly isLong: boolean;
}

function statusOf(parts: StatusParts): ShownStatus {
  const { source, indexing, feed, isLong } = parts;
  const window = formatWindow(readSetting('spanhop.windowMinutes'));
  const { label, receives } = sourceInUse().editor;
  const name = label();
  const { error, readAt, answer, cancelled, pausedUntil } = feed.state;
  const receiver = receives === true ? parts.receiver : undefined;
  const receiverLine = receiver ? [receiverSentence(receiver)] : [];
  const age =
    readAt === undefined ? [] : [vscode.l10n.t('Metrics updated at {0}', formatTimeOfDay(readAt))];
  const pause =
    pausedUntil === undefined || pausedUntil <= epochFromMilliseconds(Date.now())
      ? []
      : [
          vscode.l10n.t(
            'The source is slow or busy. Metrics refresh after {0}, or select Refresh.',
            formatTimeOfDay(pausedUntil),
          ),
        ];
  const lines = [
    ...(source ? [vscode.l10n.t('Source: {0}', source.label)] : []),
    ...receiverLine,
    ...(answer ? age : []),
    ...pause,
    ...(source?.capabilities.limitations ?? []),
  ];
  if (error !== undefined) {
    const { words, sentence } = statusFor(error);
    return { icon: 'warning', text: `${name}: ${words}`, lines: [sentence, ...lines], warns: true };
  }
  if (receiver?.kind === 'portTaken' || receiver?.kind === 'failed') {
    const words =
      receiver.kind === 'portTaken'
        ? vscode.l10n.t('port {0} in use', receiver.port)
        : vscode.l10n.t('not receiving');
    return { icon: 'warning', text: `${name}: ${words}`, lines, warns: true };
  }
  if (receiver?.kind === 'listening' && receiver.problem !== undefined) {
    const words = vscode.l10n.t('this machine only');
    return { icon: 'warning', text: `${name}: ${words}`, lines, warns: true };
  }
  if (indexing) {
    const text = vscode.l10n.t('Indexing {0}/{1}', indexing.done, indexing.total);
    return { icon: 'sync~spin', text, lines, warns: false };
  }
  if (isLong) {
    const text = vscode.l10n.t('{0} · loading…', name);
    return { icon: 'sync~spin', text, lines, warns: false };
  }
  if (cancelled) {
    const sentence = vscode.l10n.t('Loading was cancelled. Select Refresh to try again.');
    return {
      icon: 'circle-slash',
      text: `${name} · ${window}`,
      lines: [sentence, ...lines],
      warns: false,
    };
  }
  return { icon: 'pulse', text: `${name} · ${window}`, lines, warns: false };
}

function tooltipOf({ lines }: ShownStatus): vscode.MarkdownString {
  const tooltip = new vscode.MarkdownString('**Spanhop**');
  for (const line of lines) tooltip.appendMarkdown(`\n\n${escapedMarkdown(line)}`);
  return tooltip;
}
