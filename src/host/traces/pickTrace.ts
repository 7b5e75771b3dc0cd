import * as vscode from 'vscode';
import { isAbort } from '../../core/base/sourceError.ts';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import type { SearchAnswer, TraceSummary } from '../../core/ports.ts';
import { withoutIcons } from '../labels.ts';
import { traceDescription, traceTitle } from './traceText.ts';

interface TraceItem extends vscode.QuickPickItem {
  readonly summary: TraceSummary;
}

/**
 * A quick pick of traces that is there at once and fills when they are read; closing it stops the reading.
 * @returns undefined when it was closed. @throws what `read` throws, once the pick has closed.
 */
export async function pickTrace(options: {
  readonly title: string;
  readonly read: (signal: AbortSignal) => Promise<SearchAnswer>;
}): Promise<TraceSummary | undefined> {
  const pick = vscode.window.createQuickPick<TraceItem>();
  const reading = new AbortController();
  const { promise, resolve, reject } = Promise.withResolvers<TraceSummary | undefined>();
  pick.title = options.title;
  pick.busy = true;
  pick.placeholder = vscode.l10n.t('Reading traces…');
  pick.matchOnDescription = true;
  pick.onDidAccept(() => {
    const [chosen] = pick.selectedItems;
    if (!chosen) return;
    resolve(chosen.summary);
    pick.hide();
  });
  pick.onDidHide(() => {
    reading.abort();
    resolve(undefined);
    pick.dispose();
  });
  pick.show();
  options.read(reading.signal).then(
    (answer) => {
      pick.busy = false;
      pick.placeholder = placeholderOf(answer);
      pick.items = answer.traces.map(traceItem);
    },
    (error: unknown) => {
      if (!isAbort(error)) reject(error);
      pick.hide();
    },
  );
  return promise;
}

function placeholderOf({ traces, complete, reason }: SearchAnswer): string {
  if (traces.length === 0) return vscode.l10n.t('No trace of it is kept in this window of time.');
  return complete ? vscode.l10n.t('Choose a trace to open its waterfall') : reason;
}

function traceItem(summary: TraceSummary): TraceItem {
  const icon = summary.errorCount > 0 ? '$(error) ' : '$(list-tree) ';
  return {
    summary,
    label: icon + traceTitle(summary, 'matched'),
    description: traceDescription(summary, epochFromMilliseconds(Date.now())),
    detail: withoutIcons(traceTitle(summary, 'root')),
  };
}
