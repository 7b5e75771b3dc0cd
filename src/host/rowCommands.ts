import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../core/base/disposable.ts';
import type { Log } from '../core/ports.ts';
import { registerCommand, registerTargetCommand } from './commands.ts';
import type { CodeOpener, OpenManner } from './editor/openCode.ts';
import { inform } from './notices.ts';
import { isRowTarget, RowClicks } from './rowOpening.ts';
import type { EndpointTarget, RowTarget } from './targets.ts';
import type { Waterfalls } from './waterfall/waterfalls.ts';

export interface RowCommandsOptions {
  readonly opener: CodeOpener;
  readonly waterfalls: Waterfalls;
  readonly log: Log;
}

/**
 * What rows of the views open, as rows of the editor's own lists do: a click shows it and leaves the focus in the view, a
 * double click and Enter go there.
 */
export function registerRowCommands({ opener, waterfalls, log }: RowCommandsOptions): Disposable {
  const owned = new DisposableStore();
  const clicks = new RowClicks();
  const open = async (row: RowTarget, manner: OpenManner) => {
    if ('spanId' in row) await waterfalls.openSpan(row, manner);
    else if ('traceId' in row) await waterfalls.open(row.traceId, undefined, manner);
    else await openSource(opener, row, manner);
  };
  owned.add(
    registerTargetCommand('spanhop.clickRow', log, (row) =>
      open(row, clicks.mannerOf(row, Date.now(), opensOnDoubleClick())),
    ),
  );
  owned.add(
    registerCommand('spanhop.openRow', log, async (row) => {
      if (row && isRowTarget(row)) await open(row, 'keep');
      else await vscode.commands.executeCommand('list.select');
    }),
  );
  owned.add(
    registerTargetCommand('spanhop.goToSource', log, (target) => openSource(opener, target, 'go')),
  );
  return owned;
}

const opensOnDoubleClick = (): boolean =>
  vscode.workspace.getConfiguration('workbench.list').get('openMode') === 'doubleClick';

async function openSource(
  opener: CodeOpener,
  { location, reason, title }: EndpointTarget,
  manner: OpenManner,
): Promise<void> {
  const answer = location ? await opener.open(location, { manner }) : { opened: false, reason };
  if (!answer.opened)
    void inform(answer.reason || vscode.l10n.t('No source line found for {0}.', title));
}
