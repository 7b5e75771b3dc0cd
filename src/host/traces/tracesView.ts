import * as vscode from 'vscode';
import { disposable, DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { formatAge } from '../../core/base/timeText.ts';
import { epochFromMilliseconds } from '../../core/base/units.ts';
import type { Log } from '../../core/ports.ts';
import { pastedTraceId } from '../../core/trace/pastedTraceId.ts';
import { registerCommand, registerTargetCommand } from '../commands.ts';
import { views } from '../contributions.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { statusFor } from '../status/statusFor.ts';
import { ViewProgress } from '../viewProgress.ts';
import type { Waterfalls } from '../waterfall/waterfalls.ts';
import { editField, pickFilter } from './editSearch.ts';
import { anyTrace, type SearchState, type TraceSearch } from './traceSearch.ts';
import { TraceTree, type TraceNode } from './traceTree.ts';

export interface TracesViewOptions {
  readonly engine: EngineSession;
  readonly search: TraceSearch;
  readonly waterfalls: Waterfalls;
  /** The user does something in the view. */
  readonly onUse: () => void;
  readonly log: Log;
}

/** The rows say how long ago traces began: that they grow older is seen, though nothing is searched again. */
const agesEveryMs = 30_000;

/** The Traces view: search, results, and opening a trace by its id. */
export function registerTracesView(options: TracesViewOptions): Disposable {
  const { search, onUse } = options;
  const owned = new DisposableStore();
  const tree = owned.add(new TraceTree(search));
  const view = owned.add(
    vscode.window.createTreeView<TraceNode>(views.traces, {
      treeDataProvider: tree,
      canSelectMany: true, // two are compared
    }),
  );
  owned.add(view.onDidChangeSelection(onUse));
  const searchOnce = () => {
    if (view.visible && !search.wasAsked && !search.state.busy) void search.search();
  };
  owned.add(view.onDidChangeVisibility(searchOnce));
  const progress = owned.add(new ViewProgress(views.traces, 'spanhop.tracesBusy'));
  const describe = (state: SearchState) => {
    view.message = messageOf(state);
    view.description = state.outdated ? vscode.l10n.t('new traces available') : '';
    progress.show(state.busy);
  };
  owned.add(search.onChange(describe));
  const timer = setInterval(() => {
    if (!view.visible || !search.state.traces) return;
    tree.redraw();
    describe(search.state);
  }, agesEveryMs);
  owned.add(disposable(() => clearInterval(timer)));
  registerSearchCommands(options, owned);
  registerTraceCommands(options, owned);
  return owned;
}

function registerSearchCommands(
  { engine, search, log }: TracesViewOptions,
  owned: DisposableStore,
) {
  owned.add(
    registerCommand('spanhop.searchTraces', log, async () => {
      await vscode.commands.executeCommand(`${views.traces}.focus`);
      const change = await editField('service', search.state.form, engine);
      if (change) await search.change(change);
    }),
  );
  owned.add(
    registerCommand('spanhop.editSearch', log, async (target) => {
      const field = target?.field ?? (await pickFilter(search.state.form));
      const change = field && (await editField(field, search.state.form, engine));
      if (change) await search.change(change);
    }),
  );
  owned.add(registerCommand('spanhop.clearSearch', log, () => search.change(anyTrace)));
  owned.add(registerCommand('spanhop.loadMoreTraces', log, () => search.loadMore()));
}

function registerTraceCommands({ waterfalls, log }: TracesViewOptions, owned: DisposableStore) {
  owned.add(
    registerCommand('spanhop.openTrace', log, async (trace) => {
      const traceId = trace?.traceId ?? (await askTraceId());
      if (traceId !== undefined) await waterfalls.open(traceId);
    }),
  );
  owned.add(
    registerTargetCommand('spanhop.copyTraceId', log, async ({ traceId }) => {
      await vscode.env.clipboard.writeText(traceId);
    }),
  );
}

async function askTraceId(): Promise<string | undefined> {
  const copied = pastedTraceId(await vscode.env.clipboard.readText());
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t('Open Trace by ID'),
    prompt: vscode.l10n.t(
      'Trace ID, up to 32 hexadecimal digits, or an address or log line that contains it',
    ),
    value: copied ?? '',
    validateInput: (value) =>
      value === '' || pastedTraceId(value) !== undefined
        ? undefined
        : vscode.l10n.t('Invalid trace ID. Use up to 32 hexadecimal digits (0-9, a-f).'),
  });
  return text === undefined ? undefined : pastedTraceId(text);
}

function messageOf(state: SearchState): string {
  const { traces, error, reason, searchedAt, busy, cancelled } = state;
  if (error !== undefined || cancelled) {
    const sentence = cancelled
      ? vscode.l10n.t('The search was cancelled. Select Refresh to try again.')
      : statusFor(error).sentence;
    if (!traces || searchedAt === undefined) return sentence;
    const age = formatAge(searchedAt, epochFromMilliseconds(Date.now()));
    return vscode.l10n.t('{0} Results are from {1} ago.', sentence, age);
  }
  if (reason !== '') return reason;
  if (traces?.length === 0 && !busy)
    return vscode.l10n.t('No matching traces. Extend the time range or remove a filter.');
  return '';
}
