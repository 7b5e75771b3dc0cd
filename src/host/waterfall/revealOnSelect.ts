import * as vscode from 'vscode';
import type { SelectedBy } from '../../protocol/waterfall.ts';
import type { Settings } from '../contributions.ts';
import { isSettingSet, readSetting } from '../settings/settings.ts';

/**
 * Whether the line of a span that was selected so is previewed. Where lists of the editor open at a double click only, a
 * selection shows nothing here either.
 */
export function revealsOnSelect(by: SelectedBy): boolean {
  if (vscode.workspace.getConfiguration('workbench.list').get('openMode') === 'doubleClick')
    return false;
  const choice = revealChoice();
  return choice === 'selection' || (choice === 'click' && by === 'click');
}

/** Who has set the setting that was there before keeps what it meant. */
function revealChoice(): Settings['spanhop.waterfall.revealOnSelect'] {
  if (
    isSettingSet('spanhop.waterfall.previewOnClick') &&
    !isSettingSet('spanhop.waterfall.revealOnSelect')
  )
    return readSetting('spanhop.waterfall.previewOnClick') ? 'click' : 'off';
  return readSetting('spanhop.waterfall.revealOnSelect');
}
