import * as vscode from 'vscode';
import { DisposableStore, disposable, type Disposable } from '../../core/base/disposable.ts';
import { onSettingsChange, readSetting } from '../settings/settings.ts';
import type { FigureFeed } from './figureFeed.ts';

export interface PollingOptions {
  readonly feed: FigureFeed;
  /** Whether anything that shows figures is on the screen. */
  readonly isWatched: () => boolean;
}

/** Reads the figures every `spanhop.refreshSeconds` while the window has the focus and shows some. */
export function pollFigures({ feed, isWatched }: PollingOptions): Disposable {
  const owned = new DisposableStore();
  let timer: NodeJS.Timeout | undefined;
  const restart = () => {
    clearInterval(timer);
    timer = setInterval(
      () => {
        if (vscode.window.state.focused && isWatched()) void feed.readAgain();
      },
      readSetting('spanhop.refreshSeconds') * 1_000,
    );
  };
  restart();
  owned.add(onSettingsChange(['spanhop.refreshSeconds'], restart));
  owned.add(disposable(() => clearInterval(timer)));
  return owned;
}
