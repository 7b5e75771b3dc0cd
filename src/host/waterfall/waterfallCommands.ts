import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type { CodeLocation } from '../../core/code/location.ts';
import type { Log } from '../../core/ports.ts';
import { registerCommand, runCommand } from '../commands.ts';
import type { FileLines } from '../code/fileLines.ts';
import { cursorLocation, handlerAt } from '../editor/cursorHandler.ts';
import { handlerTarget } from '../editor/handlerTarget.ts';
import type { Waterfalls } from './waterfalls.ts';
import { inform } from '../notices.ts';

/** From the editor into the waterfall: the spans of the method at the cursor, and the filter. */
export function registerWaterfallCommands(options: {
  readonly waterfalls: Waterfalls;
  readonly lines: FileLines;
  readonly log: Log;
}): Disposable {
  const { waterfalls, lines, log } = options;
  const owned = new DisposableStore();
  owned.add(
    registerCommand('spanhop.showMethodSpans', log, async () => {
      const at = cursorLocation();
      if (!at) return;
      const open = waterfalls.latest;
      if (!open) {
        await showTracesOfHandlerAt(at, lines);
        return;
      }
      const { count, symbol } = await open.selectSpansAt(at);
      if (count > 0) return;
      void inform(
        symbol === ''
          ? vscode.l10n.t('This trace has no span for this line.')
          : vscode.l10n.t('This trace has no span for {0}.', symbol),
      );
    }),
  );
  owned.add(
    registerCommand('spanhop.focusWaterfallFilter', log, async () => {
      await waterfalls.latest?.focusFilter();
    }),
  );
  return owned;
}

/** Without an open waterfall: the slowest traces of the handler at the cursor, when there is one. */
async function showTracesOfHandlerAt(at: CodeLocation, lines: FileLines): Promise<void> {
  const here = await handlerAt(at, lines);
  if (!here) {
    void inform(vscode.l10n.t("Open a trace to see this method's spans."));
    return;
  }
  await runCommand('spanhop.showHandlerTraces', { ...handlerTarget(here), location: at });
}
