import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import type {
  DurationsHostEvents,
  DurationsHostMethods,
  ShownDurations,
} from '../../protocol/durations.ts';
import { pageHtml } from '../../protocol/pageHtml.ts';
import { Rpc } from '../../protocol/rpc.ts';
import { setContextKey } from '../commands.ts';
import { views } from '../contributions.ts';
import { allowPage, pageParts } from '../webviewPage.ts';
import { panelChannel } from '../waterfall/panelChannel.ts';
import { readDurationRange, shownDurations } from './shownDurations.ts';
import type { TraceSearch } from './traceSearch.ts';

export interface DurationsViewOptions {
  readonly search: TraceSearch;
  readonly extensionUri: vscode.Uri;
  /** The user does something in the view. */
  readonly onUse: () => void;
}

/** The Durations view above the Traces view: there while a search has found traces. */
export function registerDurationsView(options: DurationsViewOptions): Disposable {
  const { search } = options;
  const owned = new DisposableStore();
  let hadTraces = false;
  owned.add(
    search.onChange(({ found }) => {
      const hasTraces = (found?.length ?? 0) > 0;
      if (hasTraces !== hadTraces) setContextKey('spanhop.tracesFound', hasTraces);
      hadTraces = hasTraces;
    }),
  );
  owned.add(
    vscode.window.registerWebviewViewProvider(views.durations, {
      resolveWebviewView: (view) => {
        const page = openPage(view.webview, options);
        view.onDidDispose(() => page.dispose());
      },
    }),
  );
  return owned;
}

/** The page of the view: it draws what it is told, and tells which durations were chosen. */
function openPage(
  webview: vscode.Webview,
  { search, extensionUri, onUse }: DurationsViewOptions,
): Disposable {
  const owned = new DisposableStore();
  allowPage(webview, extensionUri);
  const rpc = owned.add(
    new Rpc<DurationsHostMethods, object, DurationsHostEvents>(panelChannel(webview), {
      ready: () => ({ shown: shownDurations(search.state), messages: vscode.l10n.bundle ?? {} }),
      choose: async (params) => {
        onUse();
        await search.change({ traceDuration: readDurationRange(params) });
        return {};
      },
    }),
  );
  let drawn = '';
  owned.add(
    search.onChange((state) => {
      const shown: ShownDurations = shownDurations(state);
      const next = JSON.stringify(shown);
      if (next !== drawn) rpc.emit('changed', shown);
      drawn = next;
    }),
  );
  webview.html = pageHtml({
    ...pageParts(webview, extensionUri, 'durations'),
    title: vscode.l10n.t('Durations'),
    root: 'durations',
  });
  return owned;
}
