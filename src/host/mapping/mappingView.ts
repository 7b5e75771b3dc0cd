import * as vscode from 'vscode';
import { DisposableStore, type Disposable } from '../../core/base/disposable.ts';
import { formatCount } from '../../core/base/format.ts';
import { formatWindow } from '../../core/base/timeText.ts';
import { wholeMinutes } from '../../core/base/timeWindow.ts';
import type { Log } from '../../core/ports.ts';
import { registerCommand, setContextKey } from '../commands.ts';
import { views, type ContextKeys } from '../contributions.ts';
import type { EngineSession } from '../engine/engineSession.ts';
import { onSettingsChange } from '../settings/settings.ts';
import { statusFor } from '../status/statusFor.ts';
import { ViewProgress } from '../viewProgress.ts';
import type { MappingNode } from './mappingNodes.ts';
import type { MappingReportLoader, ReadingState } from './mappingReportLoader.ts';
import { viewDescription } from './mappingText.ts';
import { MappingTree } from './mappingTree.ts';

export interface MappingViewOptions {
  readonly engine: EngineSession;
  readonly reading: MappingReportLoader;
  /** The user does something in the view. */
  readonly onUse: () => void;
  readonly log: Log;
}

/** The Mapping view: which spans lead to their line, why others don't, and what to do about it. */
export function registerMappingView({
  engine,
  reading,
  onUse,
  log,
}: MappingViewOptions): Disposable {
  const owned = new DisposableStore();
  const tree = owned.add(new MappingTree(reading));
  const view = owned.add(
    vscode.window.createTreeView<MappingNode>(views.mapping, {
      treeDataProvider: tree,
      showCollapseAll: true,
    }),
  );
  const progress = owned.add(new ViewProgress(views.mapping, 'spanhop.mappingBusy'));
  const describe = (state: ReadingState) => {
    view.description = descriptionOf(state);
    view.message = messageOf(state);
    setContextKey('spanhop.mappingState', emptyStateOf(state));
    progress.show(state.busy);
  };
  owned.add(reading.onChange(describe));
  owned.add(view.onDidChangeSelection(onUse));
  owned.add(view.onDidExpandElement(onUse));
  // Opening the view is asking for a report.
  owned.add(
    view.onDidChangeVisibility(({ visible }) => {
      const { answer, error, busy } = reading.state;
      if (visible && !answer && error === undefined && !busy) void reading.read();
    }),
  );
  owned.add(readAfterCorrections(engine, reading));
  owned.add(
    registerCommand('spanhop.readMapping', log, async () => {
      await vscode.commands.executeCommand(`${views.mapping}.focus`);
      await reading.read();
    }),
  );
  describe(reading.state);
  return owned;
}

/** A folder or path that the user corrected is what the report was looked at for: it is read again. */
function readAfterCorrections(engine: EngineSession, reading: MappingReportLoader): Disposable {
  const owned = new DisposableStore();
  let corrected = false;
  owned.add(
    onSettingsChange(['spanhop.services', 'spanhop.pathMappings'], () => {
      corrected = reading.state.answer !== undefined;
    }),
  );
  owned.add(
    engine.onIndexChange(() => {
      if (corrected) void reading.read();
      else reading.outdate();
      corrected = false;
    }),
  );
  return owned;
}

function descriptionOf({ answer, outdated }: ReadingState): string {
  if (!answer) return '';
  const window = formatWindow(wholeMinutes(answer.basis.window));
  const mark = outdated ? [vscode.l10n.t('out of date')] : [];
  return [viewDescription(answer, window), ...mark].join(' · ');
}

/** A line above the tree: what is being read, what went wrong, or why the report isn't of all traces. */
function messageOf({ answer, error, busy, progress }: ReadingState): string {
  if (busy) {
    if (!progress) return '';
    const { traces, total } = progress;
    return total === undefined
      ? vscode.l10n.t('{0} traces mapped so far', formatCount(traces))
      : vscode.l10n.t('{0} of {1} traces mapped', formatCount(traces), formatCount(total));
  }
  if (error !== undefined) return answer ? statusFor(error).sentence : '';
  return answer?.basis.reason ?? '';
}

function emptyStateOf({ answer, error, busy }: ReadingState): ContextKeys['spanhop.mappingState'] {
  if (answer) return answer.report.traces > 0 ? 'ready' : 'noTraces';
  if (busy) return 'reading';
  return error === undefined ? 'idle' : 'failed';
}
