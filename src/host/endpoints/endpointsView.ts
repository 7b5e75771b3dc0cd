import * as vscode from 'vscode';
import { disposable, DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { formatAge, formatWindow } from '../../core/base/timeText.ts';
import { elapsed, epochFromMilliseconds, fromSeconds } from '../../core/base/units.ts';
import type { EpochMicroseconds } from '../../core/base/units.ts';
import type { Log } from '../../core/ports.ts';
import { registerCommand, setContextKey } from '../commands.ts';
import { views, type ContextKeys } from '../contributions.ts';
import type { LocalReceiver } from '../engine/localReceiver.ts';
import type { FeedState, FigureFeed } from '../figures/figureFeed.ts';
import { onSettingsChange, readSetting } from '../settings/settings.ts';
import { ViewProgress } from '../viewProgress.ts';
import { endpointsMessage } from './endpointsMessage.ts';
import type { EndpointNode } from './endpointNodes.ts';
import type { RowOrder } from './endpointOrder.ts';
import type { EndpointTree } from './endpointTree.ts';
import type { ShownFigures } from './shownFigures.ts';
import { watchUse } from './useSigns.ts';

export interface EndpointsViewOptions {
  readonly tree: EndpointTree;
  readonly feed: FigureFeed;
  readonly shown: ShownFigures;
  readonly receiver: LocalReceiver;
  readonly log: Log;
}

const ageEveryMs = 15_000;

/** The Endpoints view around its tree: order, filter, progress, and words for what is wrong or missing. */
export class EndpointsView implements Disposable {
  readonly #options: EndpointsViewOptions;
  readonly #owned = new DisposableStore();
  readonly #view: vscode.TreeView<EndpointNode>;
  readonly #progress = this.#owned.add(new ViewProgress(views.endpoints, 'spanhop.endpointsBusy'));

  constructor(options: EndpointsViewOptions) {
    this.#options = options;
    const { tree, feed, shown, receiver } = options;
    this.#view = this.#owned.add(
      vscode.window.createTreeView(views.endpoints, {
        treeDataProvider: tree,
        showCollapseAll: true,
      }),
    );
    this.#owned.add(
      this.#view.onDidChangeVisibility(({ visible }) => {
        // Opening the view is asking for figures; while it is used, old ones would stay.
        if (visible && !feed.state.busy && this.#isOld(feed.state.readAt)) void feed.refresh();
      }),
    );
    this.#owned.add(watchUse(this.#view, (sign) => shown.sign(sign)));
    this.#owned.add(
      registerCommand('spanhop.useEndpoints', options.log, () => shown.sign('rowUsed')),
    );
    this.#owned.add(feed.onChange(() => this.#describe()));
    this.#owned.add(shown.onChange(() => this.#describe()));
    const timer = setInterval(() => this.#describe(), ageEveryMs);
    this.#owned.add(disposable(() => clearInterval(timer)));
    this.#owned.add(tree.onAsking(() => this.#showProgress()));
    this.#owned.add(receiver.onChange(() => this.#describe()));
    this.#owned.add(onSettingsChange(['spanhop'], () => this.#describe()));
    for (const [id, order] of sortCommands)
      this.#owned.add(
        registerCommand(id, options.log, () => {
          tree.sortBy(order);
          this.#describe();
        }),
      );
    this.#owned.add(
      registerCommand('spanhop.filterEndpoints', options.log, () => this.#askFilter()),
    );
    this.#owned.add(registerCommand('spanhop.clearFilter', options.log, () => this.#filterBy('')));
    this.#describe();
  }

  get visible(): boolean {
    return this.#view.visible;
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #describe(): void {
    const { shown, receiver, tree } = this.#options;
    const filter = tree.filter === '' ? [] : [`“${tree.filter}”`];
    this.#view.description = [
      ...this.#age(),
      ...filter,
      vscode.l10n.t('by {0}', orderNames()[tree.order]),
      formatWindow(shown.windowMinutes),
    ].join(' · ');
    this.#view.message = endpointsMessage(shown, receiver.state);
    setContextKey('spanhop.endpointsState', emptyStateOf(shown.state, receiver));
    this.#showProgress();
  }

  /** Of figures that stay though newer ones were read: beside the title, where it moves no row. */
  #age(): readonly string[] {
    const { readAt } = this.#options.shown.state;
    if (!this.#options.shown.isBehind || readAt === undefined) return [];
    if (!this.#isOld(readAt)) return [];
    const now = epochFromMilliseconds(Date.now());
    return [vscode.l10n.t('updated {0} ago', formatAge(readAt, now))];
  }

  #isOld(readAt: EpochMicroseconds | undefined): boolean {
    if (readAt === undefined) return true;
    const age = elapsed(readAt, epochFromMilliseconds(Date.now()));
    return age >= fromSeconds(readSetting('spanhop.refreshSeconds'));
  }

  #showProgress(): void {
    const { busy, sampling } = this.#options.feed.state;
    this.#progress.show(busy || sampling || this.#options.tree.isAsking);
  }

  #filterBy(filter: string): void {
    this.#options.tree.filterBy(filter);
    this.#describe();
  }

  /** Filters while the words are typed; Escape brings the filter back that was. */
  #askFilter(): void {
    const before = this.#options.tree.filter;
    const input = vscode.window.createInputBox();
    input.title = vscode.l10n.t('Filter Endpoints');
    input.placeholder = vscode.l10n.t('Part of a route, handler or service');
    input.value = before;
    // A click on a row is what the filter was typed for: it must not bring the other rows back.
    input.ignoreFocusOut = true;
    let accepted = false;
    input.onDidChangeValue((value) => this.#filterBy(value));
    input.onDidAccept(() => {
      accepted = true;
      input.hide();
    });
    input.onDidHide(() => {
      if (!accepted) this.#filterBy(before);
      input.dispose();
    });
    input.show();
  }
}

const sortCommands = [
  ['spanhop.sortByP95', 'p95'],
  ['spanhop.sortByTotal', 'total'],
  ['spanhop.sortByErrors', 'errors'],
  ['spanhop.sortByCount', 'count'],
  ['spanhop.sortByDatabase', 'database'],
  ['spanhop.sortByHttp', 'http'],
  ['spanhop.sortByCache', 'cache'],
  ['spanhop.sortByMessages', 'messages'],
  ['spanhop.sortByWaiting', 'waiting'],
  ['spanhop.sortByCode', 'code'],
] as const satisfies readonly (readonly [string, RowOrder])[];

const orderNames = (): Record<RowOrder, string> => ({
  p95: vscode.l10n.t('p95'),
  total: vscode.l10n.t('total time'),
  errors: vscode.l10n.t('errors'),
  count: vscode.l10n.t('requests'),
  database: vscode.l10n.t('time in database'),
  http: vscode.l10n.t('time in outgoing HTTP'),
  cache: vscode.l10n.t('time in cache'),
  messages: vscode.l10n.t('time in messages'),
  waiting: vscode.l10n.t('time waiting for a connection'),
  code: vscode.l10n.t('time in code'),
});

function emptyStateOf(
  { answer, error, cancelled }: FeedState,
  receiver: LocalReceiver,
): ContextKeys['spanhop.endpointsState'] {
  if (answer && answer.rows.length > 0) return 'ready';
  if (cancelled) return 'cancelled';
  if (error !== undefined) return 'failed';
  if (receiver.state?.kind === 'portTaken') return 'portTaken';
  return answer ? 'noTraces' : 'starting';
}
