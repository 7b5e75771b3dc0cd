import * as vscode from 'vscode';
import { formatLastWindow } from '../core/base/timeText.ts';
import { windowChoices, type Settings } from './contributions.ts';
import { currentMark } from './labels.ts';

/** Asks for a time range, the current one marked. @returns its minutes; undefined when the pick was closed. */
export async function pickWindow(
  current: number,
): Promise<Settings['spanhop.windowMinutes'] | undefined> {
  const items = windowChoices.map((minutes) => ({
    label: formatLastWindow(minutes),
    ...currentMark(minutes === current),
    minutes,
  }));
  const title = vscode.l10n.t('Time range');
  return (await vscode.window.showQuickPick(items, { title }))?.minutes;
}
